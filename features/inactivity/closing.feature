@web-app
Feature: The end of a silent chat
  When the bot ends a chat, the desk's list, load and figures follow.

  Background:
    Given Ada is chatting with the bot

  Rule: Ending the conversation in a topic closes it at the desk

    @req:INA-10
    Scenario: The timeout closes the conversation
      When 10 minutes pass
      Then Ada's conversation is closed

    @req:INA-10
    Scenario: The desk knows who closed it
      When 10 minutes pass
      Then Ada's conversation is closed by the bot

    @req:INA-10
    Scenario: A topic ends the conversation before any timeout
      When Ada says "goodbye"
      Then Ada's conversation is closed by the bot

  Rule: A closed conversation leaves the supervisor's list

    @req:INA-11
    Scenario: The supervisor looks at the list
      Given Sam sees Ada's conversation in the list
      When 10 minutes pass
      Then Sam no longer lists Ada's conversation

    @req:INA-11
    Scenario: Another conversation stays in the list
      Given 4 minutes have passed
      And Cleo is chatting with the bot
      When 6 minutes pass
      Then Sam still lists Cleo's conversation

  Rule: A closed conversation is no load, and is counted as closed

    @req:INA-12
    Scenario: The bot is free again
      Given Sam counts 1 conversation with the bot
      When 10 minutes pass
      Then Sam counts 0 conversations with the bot

    @req:INA-12
    Scenario: The figures count it as closed
      Given Cleo is chatting with the bot
      When 10 minutes pass
      Then Sam counts 2 closed conversations

    @req:INA-12
    Scenario: An agent is free again
      Given Ben is available
      And Ada has been transferred to Ben
      And Sam counts 1 conversation with Ben
      And Ben has ended Ada's conversation
      When Ben closes Ada's conversation
      Then Sam counts 0 conversations with Ben
