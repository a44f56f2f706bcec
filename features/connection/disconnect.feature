@web-app
Feature: Disconnecting a bot
  A disconnected bot gets no more chats, and nobody who is being helped notices.

  Rule: Disconnecting disables the bot's user

    @req:DIS-02
    Scenario: The user of a disconnected bot
      Given Mia has a bot that is connected
      When Mia disconnects the bot
      Then Olga finds a disabled user for Mia's bot

  Rule: New chats do not reach a disconnected bot

    @req:DIS-12
    Scenario: A chat after the disconnection
      Given Mia has disconnected the bot
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada

  Rule: Chats with a person survive

    @req:DIS-11
    Scenario: An agent is helping
      Given Ada is chatting with Ben
      When Mia disconnects the bot
      Then Ada's conversation is active with Ben

  Rule: A bot that is connected again works again

    @req:DIS-07
    Scenario: A chat after connecting again
      Given Mia has disconnected the bot
      And Mia has connected the bot again
      When Ada starts a chat with "opening hours"
      Then Ada sees "open from Monday to Saturday"
