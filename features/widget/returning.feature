@preview @classic @web-app
Feature: Customers who are gone, and who come back
  A page may be closed at any moment; the desk waits for its customer, but not for ever.

  Rule: After three minutes the desk waits no longer

    @req:EMB-28
    Scenario: Somebody who waited is gone
      Given no agent is available
      And Ada is waiting for an agent
      And Ada's page is gone
      When 4 minutes pass
      Then Ada's conversation is closed

    @req:EMB-28
    Scenario: Somebody with an agent is gone
      Given Ada is chatting with Ben
      And Ada's page is gone
      When 4 minutes pass
      Then Ada's conversation is in wrap-up

    @req:EMB-28 @api
    Scenario: Somebody is gone for a moment
      Given Ada is chatting with Ben
      And Ada's page is gone
      When 2 minutes pass
      Then Ada's conversation is active with Ben

  Rule: Nobody comes back to a chat that has ended

    @req:EMB-29
    Scenario: A link to a chat that goes on
      Given customers may come back for 10 minutes
      And Ada is chatting with Ben
      And Ada has a link back to the chat
      When Ada follows the link
      Then Ada is back in the chat

    @req:EMB-29
    Scenario: A link to a chat that the agent has ended
      Given customers may come back for 10 minutes
      And Ada is chatting with Ben
      And Ada has a link back to the chat
      And Ben has ended Ada's conversation
      When Ada follows the link
      Then Ada is not back in the chat

    @req:EMB-29 @api
    Scenario: A link to a chat that the customer has ended
      Given customers may come back for 10 minutes
      And Ada is chatting with Ben
      And Ada has a link back to the chat
      And Ada has ended the chat
      When Ada follows the link
      Then Ada is not back in the chat
