@preview @classic @web-app
Feature: Waiting in the widget
  A customer who waits reads how many are before them, unless the chat is theirs for good.

  Rule: Nobody with a persistent chat reads of places in the queue

    @req:EMB-32
    Scenario: A persistent chat waits
      Given chats are persistent
      And Ada is signed in
      And Ada is waiting for an agent
      And Ben is available
      When Ben accepts Ada's conversation
      Then Ada does not see "in line"
