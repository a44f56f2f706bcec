@preview @classic @web-app
Feature: When and where there is a chat
  A chat is open at the hours of its desk, on the pages of its shop.

  Rule: Outside of its hours nobody begins a chat

    @req:EMB-22 @api
    Scenario Outline: Hours by the clock of their zone
      Given chats are open from <start> to <end> in "<zone>"
      When Ada tries to start a chat
      Then the chat is refused outside of its hours

      Examples:
        | start | end   | zone             |
        | 08:00 | 17:00 | Asia/Tokyo       |
        | 08:00 | 17:00 | America/New_York |

    @req:EMB-22 @widget
    Scenario: A page that was opened before closing time
      Given chats are open from 08:00 to 10:00 in "UTC"
      And Ada has opened the shop page
      And 2 hours have passed
      When Ada selects the chat button
      Then Ada sees that nobody is there now

  Rule: Only pages of listed domains have the chat

    @req:EMB-23 @widget
    Scenario: A page of another shop
      Given the widget is for pages of "alpine.example" alone
      When Ada opens a page of "copycat.example"
      Then Ada's page gets no chat

    @req:EMB-23 @widget
    Scenario: A page of the shop itself
      Given the widget is for pages of "alpine.example" alone
      When Ada opens a page of "alpine.example"
      Then Ada sees the chat button
