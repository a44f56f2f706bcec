@preview @classic @web-app
Feature: The bot's own embed code
  It brings a chat with the bot alone to a page; only the widget's snippet reaches the desk.

  Rule: Nobody is handed over from a page with the bot's own embed code

    @req:EMB-02
    Scenario: Asking for a person on the bot's own website
      Given Ben is available
      And Ada is chatting with the bot on its own website
      When Ada asks for a person
      Then Ada's chat on that website does not ring at Ben

  Rule: The bot's own chat cannot draw a transfer, and says so

    @req:EMB-03 @widget
    Scenario: What the customer sees at the transfer
      Given Ada is chatting with the bot on its own website
      When Ada asks for a person
      Then Ada is told that something cannot be drawn

  Rule: A chat on the bot's own website is no conversation of the desk

    @req:EMB-04 @api
    Scenario: What the desk knows after a transfer there
      Given Ada is chatting with the bot on its own website
      When Ada asks for a person
      Then Sam knows nothing of Ada's chat there
