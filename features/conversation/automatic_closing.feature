@preview @classic @web-app
Feature: Conversations that close by themselves
  Nobody has to tidy up after a customer who walked away.

  Rule: A chat that nobody accepts is closed after 20 minutes

    @req:OCA-17
    Scenario: Before 20 minutes
      Given no agent is available
      And Ada is waiting for an agent
      When 19 minutes 59 seconds pass
      Then Ada's conversation is open

    @req:OCA-17
    Scenario: The next round after 20 minutes
      Given no agent is available
      And Ada is waiting for an agent
      When 25 minutes pass
      Then Ada's conversation is closed

  Rule: A conversation in wrap-up is closed after 15 minutes

    @req:OCA-18
    Scenario: A conversation that the agent has ended
      Given Ada is chatting with Ben
      And Ben has ended Ada's conversation
      When 20 minutes pass
      Then Ada's conversation is closed

  Rule: A chat with the bot is closed after 30 silent minutes

    @req:OCA-19
    Scenario Outline: A silent customer
      Given the bot has no inactivity topics
      And Ada is chatting with the bot
      When <silence> pass
      Then Ada's conversation is <state>

      Examples:
        | silence               | state  |
        | 29 minutes 59 seconds | active |
        | 30 minutes            | closed |

    @req:OCA-19
    Scenario: The desk knows that nobody closed it
      Given the bot has no inactivity topics
      And Ada is chatting with the bot
      When 30 minutes pass
      Then Ada's conversation is closed by itself

    @req:INA-16
    Scenario: A bot without inactivity topics
      Given the bot has no inactivity topics
      And Ada is chatting with the bot
      And Ada has said "opening hours"
      When 30 minutes pass
      Then Ada's conversation is closed
