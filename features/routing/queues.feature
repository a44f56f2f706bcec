@preview @classic @web-app
Feature: The right queue
  What the bot has learnt decides which people are asked.

  Rule: Routing looks at what the bot hands over

    @req:ESC-15
    Scenario: A value that the customer gave
      Given conversations with "StoreLocation" "Oslo" go to the queue "Parcels"
      And Ada is chatting with the bot
      And Ada has told the bot the store is in Oslo
      When Ada asks for a person
      Then Ada's conversation waits in the queue "Parcels"

    @req:ESC-15
    Scenario: A value that no rule has
      Given conversations with "StoreLocation" "Oslo" go to the queue "Parcels"
      And Ada is chatting with the bot
      And Ada has told the bot the store is in Bergen
      When Ada asks for a person
      Then Ada's conversation waits in the queue "Support"

  Rule: Names of variables are compared letter by letter

    @req:ESC-18
    Scenario Outline: The same name in other letters
      Given conversations with "<name>" "Oslo" go to the queue "Parcels"
      And the bot remembers "Oslo" as "StoreLocation"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation waits in the queue "Support"

      Examples:
        | name          |
        | storelocation |
        | STORELOCATION |
        | storeLocation |

  Rule: An escalated conversation rings at those who work in its queue

    @req:ESC-33
    Scenario: Another queue's agent is free, too
      Given Bea works in the queue "Parcels"
      And conversations with "StoreLocation" "Oslo" go to the queue "Parcels"
      And Bea is available
      And Ben is available
      And Ada is chatting with the bot
      And Ada has told the bot the store is in Oslo
      When Ada asks for a person
      Then Ada's conversation rings at Bea alone
