@widget @preview @classic @web-app
Feature: Chatting in the widget
  What the customer does in the widget, the page is told.

  Rule: Starting a chat is announced to the page

    @req:EMB-07
    Scenario: The page learns that a chat was queued
      When Ada starts a chat
      Then Ada's page is told "lcw:chatQueued"

    @req:EMB-07
    Scenario: The page starts a chat by itself
      When Ada's page starts a chat
      Then Ada's page is told "lcw:startChat"
      And Ada's page is told "lcw:chatQueued"

  Rule: Closing asks for confirmation

    @req:EMB-18
    Scenario: The close button
      Given Ada is chatting with the bot
      When Ada selects the close button
      Then Ada is asked to confirm closing

  Rule: A reload brings the chat back

    @req:EMB-27
    Scenario: The history after a reload
      Given Ada is chatting with the bot
      And Ada has said "opening hours"
      When Ada reloads the page
      Then Ada sees "open from Monday to Saturday"

    @req:EMB-27
    Scenario: The page learns that a chat was retrieved
      Given Ada is chatting with the bot
      When Ada reloads the page
      Then Ada's page is told "lcw:chatRetrieved"

  Rule: The end by an agent is announced to the page

    @req:EMB-30
    Scenario: The page learns that the agent has ended
      Given Ada is chatting with Ben
      When Ben ends Ada's conversation
      Then Ada's page is told "lcw:threadUpdate"
