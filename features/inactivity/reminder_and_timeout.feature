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

    @req:INA-08
    Scenario: A message after the reminder
      Given 9 minutes have passed
      And Ada has said "opening hours"
      When 9 minutes pass
      Then Ada does not see "I am closing"

  Rule: The shorter silence speaks first

    @req:INA-09
    Scenario: Ten silent minutes
      When 10 minutes pass
      Then Ada sees "Are you still there?" before "I am closing"

  Rule: Words of the bot do not start the silence anew

    @req:INA-09
    Scenario: The timeout counts from the customer's last message
      Given 5 minutes have passed
      When 5 minutes pass
      Then Ada's conversation is closed

  Rule: The topic's message reaches the customer before the end

    @req:INA-25
    Scenario: The farewell still arrives
      When 10 minutes pass
      Then Ada sees "I am closing this chat"

  Rule: The bot's timers rest while a person helps

    @req:INA-13
    Scenario: An agent is helping
      Given Ben is available
      And Ada has been transferred to Ben
      When 5 minutes pass
      Then Ada does not see "Are you still there?"

    @req:INA-13
    Scenario: The timeout does not end a chat with an agent
      Given Ben is available
      And Ada has been transferred to Ben
      When 10 minutes pass
      Then Ada does not see "I am closing"
