@preview @classic @web-app
Feature: Back to a bot
  An agent may give a chat to a second bot; the first one never gets it again.

  Rule: A chat goes to a second bot, never back to the first

    @req:ESC-27
    Scenario: A second bot takes it
      Given the bot "Beta Helper" serves the queue "Returns"
      And Ada is chatting with Ben
      When Ben transfers Ada to the queue "Returns"
      Then Ada's conversation is active with the bot "Beta Helper"

    @req:ESC-27
    Scenario: The first bot does not take it
      Given the first bot serves the queue "Returns", too
      And Ada is chatting with Ben
      When Ben transfers Ada to the queue "Returns"
      Then Ada's conversation waits in the queue "Returns"

  Rule: The second bot greets once it was told what is known

    @req:ESC-28
    Scenario: It greets
      Given the bot "Beta Helper" serves the queue "Returns"
      And Ada is chatting with Ben
      When Ben transfers Ada to the queue "Returns"
      Then Ada sees "I am Beta Helper"

    @req:ESC-28
    Scenario: It knows what the first one learnt
      Given the bot remembers "Oslo" as "StoreLocation"
      And the bot "Beta Helper" serves "Returns", telling "StoreLocation"
      And Ada is chatting with Ben
      When Ben transfers Ada to the queue "Returns"
      Then Ada sees "StoreLocation: Oslo"

    @req:ESC-28
    Scenario: It is told before it speaks
      Given the bot "Beta Helper" serves the queue "Returns"
      And Ada is chatting with Ben
      When Ben transfers Ada to the queue "Returns"
      Then Mia's bot greets Ada after it was informed
