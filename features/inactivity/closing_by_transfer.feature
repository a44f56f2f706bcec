@classic
Feature: Closing by the transfer
  A classic bot cannot end a chat at the desk, save by a transfer that is only to close it.

  Background:
    Given the bot closes by its transfer
    And Ben is available
    And Ada is chatting with the bot

  Rule: The transfer closes the conversation at the desk

    @req:INA-17
    Scenario: Nobody is asked to take it
      When Ada is done
      Then Ada's conversation is closed by the transfer

  Rule: The bot's analytics count the session as escalated all the same

    @req:INA-17
    Scenario: The maker looks at the figures
      When Ada is done
      Then Mia counts Ada's session as escalated
