@preview @classic @web-app
Feature: Customers who have signed in
  A site says by a token of its own who its customer is, and the service believes no other one.

  Rule: Only what the site vouches for is known of somebody who has signed in

    @req:EMB-11
    Scenario: What the page tells of somebody who is signed in
      Given conversations with "Tier" "gold" go to the queue "Returns"
      And chats need signing in
      And Ada is signed in
      And Ada brings "gold" as "Tier"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation waits in the queue "Support"

    @req:EMB-11 @api
    Scenario: What the site vouches for
      Given conversations with "Tier" "gold" go to the queue "Returns"
      And chats need signing in
      And Ada is signed in with "gold" as "Tier"
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation waits in the queue "Returns"

  Rule: A token that cannot be trusted starts no chat

    @req:EMB-13 @api
    Scenario Outline: A token with a flaw
      Given chats need signing in
      And Ada has a token that is <flaw>
      When Ada tries to start a chat
      Then the chat is refused to somebody unknown

      Examples:
        | flaw                          |
        | expired                       |
        | not yet valid                 |
        | signed with another key       |
        | signed with another algorithm |
        | unsigned                      |
        | without a subject             |
        | without an issuer             |
        | without an expiry             |
        | without a time of issue       |
