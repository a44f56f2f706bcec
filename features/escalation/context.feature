@preview @classic @web-app
Feature: What travels with the conversation
  The person who takes over knows what the bot knows.

  Background:
    Given Ben is available
    And Ada is chatting with the bot

  Rule: The agent sees the complete history

    @req:ESC-06
    Scenario: A long talk with the bot
      Given Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees everything Ada and the bot said

  Rule: Everything the bot has learnt is handed over

    @req:ESC-07
    Scenario: A variable that the customer gave
      Given Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees the store location "Oslo" of Ada

  Rule: Of two values of one name the newer counts

    @req:ESC-13
    Scenario: The customer changes a detail
      Given Ada has told the bot the store is in Oslo
      And Ada has told the bot the store is in Bergen
      When Ada is transferred to Ben
      Then Ben sees the store location "Bergen" of Ada

  Rule: Only topics that the customer asked for are named

    @req:ESC-08
    Scenario: A topic that another topic called
      Given Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees only the topic "Return a parcel" of Ada

    @req:ESC-09
    Scenario: The last topic
      Given Ada has said "opening hours"
      And Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees the last topic "Return a parcel" of Ada

  Rule: The customer's last words are handed over

    @req:ESC-10
    Scenario: The words that asked for a person
      Given Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees the last words "talk to agent" of Ada

  Rule: A private message reaches the agent and nobody else

    @req:ESC-11
    Scenario: The agent reads the private message
      When Ada is transferred to Ben
      Then Ben sees this private message about Ada
        """
        The customer asked Alpine Helper for a person.
        """

    @req:ESC-12
    Scenario: The customer does not read it
      When Ada is transferred to Ben
      Then Ada does not see "asked Alpine Helper for a person"
