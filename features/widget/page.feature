@preview @classic @web-app
Feature: The page and the widget
  A page says what it knows of its customer, and is told what happens in the chat.

  Rule: The tag names the widget, its organisation and where that is

    @req:EMB-05 @widget
    Scenario: The tag of the shop
      When Ada opens the shop page
      Then Ada's page names widget, organisation and address

    @req:EMB-05 @widget @inferred
    Scenario Outline: A tag that lacks something
      When Ada opens the page without "<attribute>"
      Then Ada's page is told error 7

      Examples:
        | attribute    |
        | id           |
        | data-app-id  |
        | data-org-id  |
        | data-org-url |

  Rule: What a page asks before the widget is ready is refused or done later

    @req:EMB-06 @widget
    Scenario: A chat that is asked for too early
      When Ada's page asks for a chat too early
      Then what Ada's page asked for is refused or done

  Rule: A page may invite its customer to a chat

    @req:EMB-07 @widget
    Scenario: An invitation that is accepted
      Given Ada's page has invited her to a chat
      When Ada accepts the invitation
      Then Ada's page is told "lcw:chatQueued"

  Rule: What is said as the chat starts holds over what the page provides

    @req:EMB-08
    Scenario: Two answers to one question
      Given Ben is available
      And Ada brings "silver" as "Tier"
      And Ada's page has started a chat with "gold" as "Tier"
      When Ada is transferred to Ben
      Then Ben sees "gold" as "Tier" of Ada

  Rule: Only a function can provide what the page knows

    @req:EMB-09 @widget
    Scenario: A text in the place of a function
      Given Ada has opened the shop page
      When Ada's page gives "gold" for a context provider
      Then the page is refused

    @req:EMB-10 @widget
    Scenario: A function that fails
      Given Ada's page fails to say what it knows
      When Ada starts a chat
      Then Ada's page is told error 1

  Rule: A page that cannot say who its customer is learns why

    @req:EMB-13 @widget
    Scenario Outline: A page without a token
      Given chats need signing in
      And Ada's page answers <answer> for a token
      When Ada tries to start a chat
      Then Ada's page is told error <code>

      Examples:
        | answer   | code |
        | an error | 2    |
        | nothing  | 3    |
        | nonsense | 4    |

    @req:EMB-13 @widget
    Scenario: A token that the service refuses
      Given chats need signing in
      And Ada has a token that is signed with another key
      When Ada tries to start a chat
      Then Ada's page is told error 4

    @req:EMB-14 @widget
    Scenario: A page without the function
      Given chats need signing in
      When Ada tries to start a chat
      Then Ada's page is told error 8

  Rule: Many unread messages are not counted one by one

    @req:EMB-17 @widget
    Scenario: A hundred messages while nobody looks
      Given Ada is chatting with Ben
      And Ada has minimised the chat
      When Ben says 100 things to Ada
      Then Ada reads "99+" on the chat button
