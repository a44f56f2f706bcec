@preview @classic @web-app
Feature: What makes a bot hand over
  A customer gets a person by asking for one, whatever the bot is about to do.

  Rule: Asking for a person works at any point

    @req:ESC-02
    Scenario: In the middle of a question
      Given no agent is available
      And Ada is chatting with the bot
      And the bot has asked Ada for the parcel number
      When Ada says "talk to agent"
      Then Ada's conversation is open

    @req:ESC-02
    Scenario Outline: In other words
      Given no agent is available
      And Ada is chatting with the bot
      When Ada says "<words>"
      Then Ada's conversation is open

      Examples:
        | words                  |
        | I need a person        |
        | can I talk to a human  |
        | Talk to an agent, now! |

  Rule: A bot that cannot run says so with its documented code

    @req:ESC-31 @web-app
    Scenario: A bot that was never published
      Given Mia has connected a bot without publishing it
      When Ada starts a chat with "hello"
      Then Ada sees error code 2009

    @req:ESC-30 @web-app
    Scenario: A bot that is disconnected
      Given Mia has disconnected the bot
      When Ada starts a chat with "hello"
      Then Ada sees error code 2013
