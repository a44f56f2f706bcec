@web-app
Feature: Connecting a bot to Omnichannel
  A maker connects a bot, and Omnichannel gets a user that stands for it.

  Rule: A name of up to 29 characters can be connected

    @req:CON-09
    Scenario: A name of 29 characters
      Given Mia has a published bot named by 29 characters
      When Mia connects the bot
      Then Mia's bot is connected

  Rule: A longer name is refused and leaves nothing behind

    @req:CON-10
    Scenario: A name of 31 characters
      Given Mia has a published bot named by 31 characters
      When Mia connects the bot
      Then the connection is refused because its name is too long

    @req:CON-10
    Scenario: A refused bot has no user
      Given Mia has a published bot named by 31 characters
      When Mia connects the bot
      Then Olga finds no user for Mia's bot

  Rule: Bot and Omnichannel must be in the same environment

    @req:CON-12
    Scenario: Omnichannel is somewhere else
      Given Mia has a published bot in another environment
      When Mia connects the bot
      Then the connection is refused because Omnichannel is in another environment

  Rule: A maker needs both roles, and no more than these

    @req:CON-16
    Scenario: A maker without OC_Admin
      Given Noah has a published bot
      When Noah connects the bot
      Then the connection is refused because a role is missing

    @req:CON-16
    Scenario: A maker with both roles and more
      Given Mia has a published bot
      When Mia connects the bot
      Then Mia's bot is connected

  Rule: A connected bot has a user in Omnichannel

    @req:CON-40
    Scenario: The user of a connected bot
      Given Mia has a published bot
      When Mia connects the bot
      Then Olga finds an enabled user for Mia's bot

  Rule: An unpublished bot can be connected but cannot chat

    @req:CON-26
    Scenario: Connecting before publishing
      Given Mia has connected a bot without publishing it
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada
