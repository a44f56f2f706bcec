@web-app
Feature: Silence with a second bot
  A bot that gets a chat from an agent counts from there, not from what was said to the agent.

  Background:
    Given the bot "Beta Helper" serves the queue "Returns"
    And Ada is chatting with Ben

  Rule: The second bot's timers start when it takes the chat

    @req:INA-07
    Scenario: It reminds
      Given Ben has transferred Ada to the queue "Returns"
      When 5 minutes pass
      Then Ada sees "Are you still there?"

    @req:INA-07
    Scenario: It does not remind too early
      Given 9 minutes have passed
      And Ben has transferred Ada to the queue "Returns"
      When 4 minutes 59 seconds pass
      Then Ada does not see "Are you still there?"

    @req:INA-10
    Scenario: It ends a silent chat
      Given Ben has transferred Ada to the queue "Returns"
      When 10 minutes pass
      Then Ada's conversation is closed by the bot

  Rule: The thirty minutes of a chat with a bot leave out those with a person

    @req:OCA-19
    Scenario: A long talk with the agent before
      Given the bot has no inactivity topics
      And 20 minutes have passed
      And Ben has transferred Ada to the queue "Returns"
      When 29 minutes 59 seconds pass
      Then Ada's conversation is active
