@classic @web-app
Feature: Signing in to the bot by the page
  Whoever has logged in to the page need not do so again when the bot asks.

  Rule: The page signs its customer in to the bot

    @req:EMB-36 @widget
    Scenario: Somebody who is logged in to the page
      Given the bot asks customers to sign in
      And Ada's page signs in to bots
      And Ada is chatting with the bot
      When Ada says "my orders"
      Then Ada is signed in to the bot

    @req:EMB-33 @widget
    Scenario: The card that asks is hidden
      Given the bot asks customers to sign in
      And Ada's page signs in to bots
      And Ada is chatting with the bot
      When Ada says "my orders"
      Then Ada is not asked to sign in

    @req:EMB-39
    Scenario: The token reaches the bot
      Given the bot asks customers to sign in
      And Ada's page signs in to bots
      And Ada is chatting with the bot
      When Ada says "my orders"
      Then the bot has the token of Ada's page

  Rule: Nobody else is signed in

    @req:EMB-37 @widget
    Scenario: Somebody who is not logged in to the page
      Given the bot asks customers to sign in
      And nobody is logged in to Ada's page
      And Ada is chatting with the bot
      When Ada says "my orders"
      Then Ada is not signed in to the bot
      And Ada is asked to sign in

  Rule: Without it the bot still hands over

    @req:EMB-38 @widget
    Scenario: A page that signs nobody in
      Given the bot asks customers to sign in
      And Ada is chatting with the bot
      And Ada has said "my orders"
      When Ada asks for a person
      Then Ada's conversation is open
