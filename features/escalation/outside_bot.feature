@preview @classic @web-app @api
Feature: A bot that runs elsewhere
  A bot of another make hands over and ends by commands, and shows a customer only what is for them.

  Background:
    Given Ben is available
    And the outside bot Rex takes the chats
    And Ada is chatting with Rex

  Rule: Only what the bot marks for the customer is shown to the customer

    @req:ESC-12
    Scenario: Words for agents
      When Rex tells agents "She is angry" about Ada
      Then Ada does not see "She is angry"

    @req:ESC-12
    Scenario: Words for the customer
      When Rex says "I am looking" to Ada
      Then Ada sees "I am looking"

  Rule: The command Escalate hands the chat over, with what the bot knows

    @req:ESC-07
    Scenario Outline: What the bot knows
      Given Rex has handed Ada over with <value> as "Priority"
      When Ben accepts Ada's conversation
      Then Ben sees <value> as "Priority" of Ada

      Examples:
        | value                      |
        | "Parcels"                  |
        | the number 2               |
        | a text with emoji          |
        | a text of 4,000 characters |

    @req:ESC-16
    Scenario Outline: The bot knows too much
      When Rex hands Ada over with <value> as "Priority"
      Then Ada's conversation stays with the bot

      Examples:
        | value                      |
        | a text of 4,001 characters |

  Rule: The command EndConversation closes the chat at the desk

    @req:INA-10
    Scenario: The bot says goodbye
      When Rex ends Ada's conversation
      Then Ada's conversation is closed
