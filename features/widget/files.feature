@preview @classic @web-app
Feature: Files in a chat
  Customer and agent show each other what words cannot say.

  Rule: What the customer sends is at the agent's hand, without being asked for again

    @req:ESC-29 @inferred
    Scenario: A file from the customer
      Given files may be sent
      And Ada is chatting with Ben
      When Ada sends the file "label.txt"
      Then Ben gets the file "label.txt" from Ada

    @req:ESC-29 @inferred
    Scenario: A file from the agent
      Given files may be sent
      And Ada is chatting with Ben
      When Ben sends Ada the file "manual.txt"
      Then Ada gets the file "manual.txt"
