Feature: Records of the customer
  The desk finds a customer's record by what the bot asked for, and never guesses.

  Background:
    Given Ben is available
    And the bot remembers "ada@post.example" as "Email"

  Rule: A record is linked only when exactly one matches

    @req:ESC-25
    Scenario: One contact
      Given the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the desk has the contact "Ida Dahl", e-mail "ida@post.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees the contact "Ada Berg" linked to Ada

    @req:ESC-25
    Scenario: Two contacts
      Given the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the desk has the contact "Ada Holm", e-mail "ada@post.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees no contact linked to Ada

    @req:ESC-25
    Scenario: A contact of former times
      Given the desk had the contact "Ada Berg", e-mail "ada@post.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees no contact linked to Ada

    @req:ESC-25
    Scenario: A case by its number
      Given the bot remembers "CAS-01043" as "CaseNumber"
      And the desk has the case "Lost tent", case number "CAS-01043"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees the case "Lost tent" linked to Ada

  Rule: The bot reads what the desk knows of the customer

    @req:ESC-34 @classic
    Scenario: The number of the conversation
      Given the bot greets with what it knows as "msdyn_ConversationId"
      When Ada starts a chat
      Then Ada sees the id of the conversation

    @req:ESC-34 @classic
    Scenario: The name of the customer
      Given the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the bot greets with what it knows as "msdyn_CustomerName"
      And Ada brings "ada@post.example" as "Email"
      When Ada starts a chat
      Then Ada sees "Ada Berg"

    @req:ESC-34 @classic
    Scenario: The number of a call
      Given the bot greets with what it knows as "msdyn_ConversationId"
      And Finn is calling the bot
      When 30 seconds pass
      Then Finn has heard the id of the conversation
