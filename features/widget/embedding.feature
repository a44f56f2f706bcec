@widget @preview @classic @web-app
Feature: The widget on a page
  A shop puts the snippet on its page, and its customers find the chat there.

  Rule: The snippet brings the chat button

    @req:EMB-01
    Scenario: A page with the snippet
      When Ada opens the shop page
      Then Ada sees the chat button

    @req:EMB-01
    Scenario: A hand-off from the page
      Given Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

    @req:EMB-01
    Scenario: A hand-off from a page of another host
      Given Ben is available
      And Ada has opened a page of "tents.example"
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

  Rule: The chat is minimised until somebody opens it

    @req:EMB-16
    Scenario: A page that was just loaded
      When Ada opens the shop page
      Then Ada sees the chat minimised

  Rule: Unread messages of a minimised chat are counted

    @req:EMB-16
    Scenario: A message while nobody looks
      Given Ada is chatting with Ben
      And Ada has minimised the chat
      When Ben says "Here is your label" to Ada
      Then Ada has 1 unread message
