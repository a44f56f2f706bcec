@preview @classic @web-app
Feature: States of a conversation
  A conversation goes from open to active to wrap-up to closed, and never back from there.

  Rule: When the agent ends the conversation, the customer can no longer write

    @req:EMB-30
    Scenario: An agent ends the conversation
      Given Ada is chatting with Ben
      When Ben ends Ada's conversation
      Then Ada can no longer write

    @req:OCA-16
    Scenario: An ended conversation is in wrap-up
      Given Ada is chatting with Ben
      When Ben ends Ada's conversation
      Then Ada's conversation is in wrap-up

  Rule: Closed is the end

    @req:OCA-16
    Scenario: A message to a closed conversation
      Given Ada is chatting with Ben
      And Ben has closed Ada's conversation
      When Ada tries to say "One more thing"
      Then Ada's conversation is closed

    @req:OCA-16
    Scenario: A customer leaves before an agent comes
      Given no agent is available
      And Ada is waiting for an agent
      When Ada ends the chat
      Then Ada's conversation is closed

    @req:OCA-16
    Scenario: A customer leaves the bot
      Given Ada is chatting with the bot
      When Ada ends the chat
      Then Ada's conversation is closed by the customer

    @req:OCA-16
    Scenario: A customer ends the chat with an agent
      Given Ada is chatting with Ben
      When Ada ends the chat
      Then Ada's conversation is in wrap-up

  Rule: Nobody but a supervisor closes a conversation by force

    @req:OCA-15
    Scenario: A supervisor closes a conversation
      Given Ada is chatting with Ben
      When Sam closes Ada's conversation
      Then Ada's conversation is closed

    @req:OCA-15
    Scenario: The desk knows that a supervisor closed it
      Given Ada is chatting with the bot
      When Sam closes Ada's conversation
      Then Ada's conversation is closed by a supervisor

    @req:OCA-15
    Scenario: An agent may not
      Given Ada is chatting with Ben
      When Ben tries to force Ada's conversation closed
      Then Ada's conversation is active with Ben
