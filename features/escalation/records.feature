Feature: Records of the customer
  The desk finds a customer's record by what the bot asked for, and never guesses.

  Background:
    Given Ben is available

  Rule: A record is linked only when exactly one matches

    @req:ESC-25
    Scenario: One contact
      Given the bot remembers "ada@post.example" as "Email"
      And the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the desk has the contact "Ida Dahl", e-mail "ida@post.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees the contact "Ada Berg" linked to Ada

    @req:ESC-25
    Scenario: Two contacts
      Given the bot remembers "ada@post.example" as "Email"
      And the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the desk has the contact "Ada Holm", e-mail "ada@post.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees no contact linked to Ada

    @req:ESC-25
    Scenario: A contact of former times
      Given the bot remembers "ada@post.example" as "Email"
      And the desk had the contact "Ada Berg", e-mail "ada@post.example"
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

    @req:ESC-25 @api
    Scenario Outline: The only match
      Given the bot remembers "<asked>" as "<variable>"
      And the desk has the <kind> "Ada Berg", <key> "<hers>"
      And the desk has the <kind> "Ida Dahl", <key> "<other>"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees the <kind> "Ada Berg" linked to Ada

      Examples:
        | kind    | variable   | asked            | key          | hers             | other            |
        | contact | Name       | Ada Berg         | e-mail       | ada@post.example | ida@post.example |
        | contact | Email      | ada@post.example | e-mail       | ada@post.example | ida@post.example |
        | contact | Phone      | +47 555 01 043   | phone number | +47 555 01 043   | +47 555 01 044   |
        | account | Name       | Ada Berg         | e-mail       | ada@post.example | ida@post.example |
        | account | Email      | ada@post.example | e-mail       | ada@post.example | ida@post.example |
        | account | Phone      | +47 555 01 043   | phone number | +47 555 01 043   | +47 555 01 044   |
        | case    | CaseNumber | CAS-01043        | case number  | CAS-01043        | CAS-01044        |

    @req:ESC-25 @api
    Scenario Outline: The only match that is still active
      Given the bot remembers "<asked>" as "<variable>"
      And the desk had the <kind> "Ada Holm", <key> "<asked>"
      And the desk has the <kind> "Ada Berg", <key> "<asked>"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees the <kind> "Ada Berg" linked to Ada

      Examples:
        | kind    | variable   | asked            | key          |
        | contact | Email      | ada@post.example | e-mail       |
        | account | Phone      | +47 555 01 043   | phone number |
        | case    | CaseNumber | CAS-01043        | case number  |

    @req:ESC-25 @api
    Scenario Outline: Several matches
      Given the bot remembers "<asked>" as "<variable>"
      And the desk has the <kind> "Ada Berg", <key> "<hers>"
      And the desk has the <kind> "<second>", <key> "<other>"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ben sees no <kind> linked to Ada

      Examples:
        | kind    | variable   | asked            | key          | hers             | second   | other            |
        | contact | Name       | Ada Berg         | e-mail       | ada@post.example | Ada Berg | ida@post.example |
        | contact | Email      | ada@post.example | e-mail       | ada@post.example | Ada Holm | ada@post.example |
        | contact | Phone      | +47 555 01 043   | phone number | +47 555 01 043   | Ada Holm | +47 555 01 043   |
        | account | Name       | Ada Berg         | e-mail       | ada@post.example | Ada Berg | ida@post.example |
        | account | Email      | ada@post.example | e-mail       | ada@post.example | Ada Holm | ada@post.example |
        | account | Phone      | +47 555 01 043   | phone number | +47 555 01 043   | Ada Holm | +47 555 01 043   |
        | case    | CaseNumber | CAS-01043        | case number  | CAS-01043        | Ada Holm | CAS-01043        |

  Rule: The bot reads what the desk knows of the customer

    @req:ESC-34 @classic
    Scenario: The number of the conversation
      Given the bot greets with what it knows as "msdyn_ConversationId"
      When Ada starts a chat
      Then Ada sees the id of the conversation

    @req:ESC-34 @classic @api
    Scenario: The number of the conversation by its older name
      Given the bot greets with what it knows as "msdyn_liveworkitemid"
      When Ada starts a chat
      Then Ada sees the id of the conversation

    @req:ESC-34 @classic
    Scenario: The name of the customer
      Given the desk has the contact "Ada Berg", e-mail "ada@post.example"
      And the bot greets with what it knows as "msdyn_CustomerName"
      And Ada brings "ada@post.example" as "Email"
      When Ada starts a chat
      Then Ada sees "Ada Berg"

    @req:ESC-34 @classic @api
    Scenario Outline: What is known of the customer's record
      Given the desk has the <kind> "Ada Berg", <key> "<text>"
      And the bot greets with what it knows as "<variable>"
      And Ada brings "<text>" as "<answer>"
      When Ada starts a chat
      Then Ada sees "<known>"

      Examples:
        | kind    | key          | text             | answer     | variable                                    | known                        |
        | contact | phone number | +47 555 01 043   | Phone      | msdyn_CustomerName                          | msdyn_CustomerName: Ada Berg |
        | account | e-mail       | ada@post.example | Email      | msdyn_CustomerName                          | msdyn_CustomerName: Ada Berg |
        | contact | e-mail       | ada@post.example | Email      | msdyn_CustomerType                          | msdyn_CustomerType: contact  |
        | account | e-mail       | ada@post.example | Email      | msdyn_CustomerType                          | msdyn_CustomerType: account  |
        | case    | case number  | CAS-01043        | CaseNumber | msdyn_CaseTitle                             | msdyn_CaseTitle: Ada Berg    |
        | contact | e-mail       | ada@post.example | Email      | msdyn_contact_msdyn_ocliveworkitem_Customer | Ada Berg                     |
        | account | e-mail       | ada@post.example | Email      | msdyn_account_msdyn_ocliveworkitem_Customer | Ada Berg                     |
        | case    | case number  | CAS-01043        | CaseNumber | msdyn_incident_msdyn_ocliveworkitem         | Ada Berg                     |

    @req:ESC-34 @classic @api
    Scenario Outline: The number of the customer's record
      Given the desk has the <kind> "Ada Berg", <key> "<text>"
      And the bot greets with what it knows as "<variable>"
      And Ada brings "<text>" as "<answer>"
      When Ada starts a chat
      Then Ada sees the id of the <kind> "Ada Berg"

      Examples:
        | kind    | key          | text             | answer     | variable                                    |
        | contact | e-mail       | ada@post.example | Email      | msdyn_CustomerId                            |
        | account | phone number | +47 555 01 043   | Phone      | msdyn_CustomerId                            |
        | case    | case number  | CAS-01043        | CaseNumber | msdyn_CaseId                                |
        | contact | e-mail       | ada@post.example | Email      | msdyn_contact_msdyn_ocliveworkitem_Customer |
        | account | e-mail       | ada@post.example | Email      | msdyn_account_msdyn_ocliveworkitem_Customer |
        | case    | case number  | CAS-01043        | CaseNumber | msdyn_incident_msdyn_ocliveworkitem         |

    @req:ESC-34 @classic
    Scenario: The number of a call
      Given the bot greets with what it knows as "msdyn_ConversationId"
      And Finn is calling the bot
      When 30 seconds pass
      Then Finn has heard the id of the conversation
