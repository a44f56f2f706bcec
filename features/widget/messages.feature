@preview @classic @web-app
Feature: What a customer's message carries
  The desk knows by its marks where a message comes from and who has written it.

  Rule: Each message names its channel, and that a customer wrote it

    @req:EMB-34
    Scenario: A message to the bot
      Given Ada is chatting with the bot
      When Ada says "opening hours"
      Then Ada's messages are marked as a customer's

    @req:EMB-34 @api
    Scenario: A message to an agent
      Given Ada is chatting with Ben
      When Ada says "Where is my parcel?"
      Then Ada's messages are marked as a customer's
