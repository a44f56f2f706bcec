@web-app
Feature: Reminder and timeout
  A silent customer is reminded, then the chat ends, so that the desk's figures stay true.

  Background:
    Given Ada is chatting with the bot

  Rule: The reminder comes after the silence that its topic sets

    @req:INA-07
    Scenario: Five silent minutes
      When 5 minutes pass
      Then Ada sees "Are you still there?"

    @req:INA-07
    Scenario: Not before five minutes
      When 4 minutes 59 seconds pass
      Then Ada does not see "Are you still there?"

  Rule: A message of the customer starts the silence anew

    @req:INA-08
    Scenario: A message after four minutes
      Given 4 minutes have passed
      And Ada has said "opening hours"
      When 4 minutes pass
      Then Ada does not see "Are you still there?"

  Rule: The shorter silence speaks first

    @req:INA-09
    Scenario: Ten silent minutes
      When 10 minutes pass
      Then Ada sees "Are you still there?" before "I am closing"

  Rule: Ending the conversation in a topic closes it at the desk

    @req:INA-10
    Scenario: The timeout closes the conversation
      When 10 minutes pass
      Then Ada's conversation is closed

    @req:INA-25
    Scenario: The farewell still arrives
      When 10 minutes pass
      Then Ada sees "I am closing this chat"

    @req:INA-11
    Scenario: A closed conversation leaves the supervisor's list
      Given Sam sees Ada's conversation in the list
      When 10 minutes pass
      Then Sam no longer lists Ada's conversation

  Rule: The bot's timers rest while a person helps

    @req:INA-13
    Scenario: An agent is helping
      Given Ben is available
      And Ada has been transferred to Ben
      When 5 minutes pass
      Then Ada does not see "Are you still there?"
