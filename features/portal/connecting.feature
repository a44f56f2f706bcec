@portal
Feature: What the portal asks for and says while a bot is connected
  A maker is asked for what this generation needs, is warned of what is missing, and of nothing else.

  Rule: The preview asks for an application only after the acknowledgement

    @req:CON-04 @preview
    Scenario: Before anything is acknowledged
      Given Mia has a published bot
      When Mia opens the bot's connection
      Then Mia is offered "Next"
      And Mia is not asked for an application

    @req:CON-04 @preview
    Scenario: Going on without acknowledging
      Given Mia has a published bot
      And Mia has opened the bot's connection
      When Mia presses "Next"
      Then Mia is offered "Next"
      And Mia is not asked for an application

  Rule: The preview cautions about data sovereignty

    @req:CON-05 @preview
    Scenario: The caution
      Given Mia has a published bot
      When Mia opens the bot's connection
      Then Mia is cautioned about data sovereignty

  Rule: The web app asks for no application

    @req:CON-29 @web-app
    Scenario: The pane of a bot that is not connected
      Given Mia has a published bot
      When Mia opens the bot's connection
      Then Mia is offered "Connect"
      And Mia is not asked for an application

  Rule: Classic says how to register an application and has a box for its id

    @req:CON-35 @classic
    Scenario: The way to an application
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia opens the bot's connection
      Then Mia is offered "See how to register a new Application ID"

    @req:CON-35 @classic
    Scenario: The box
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia opens the bot's connection
      Then Mia is asked for "Application ID"

    @req:CON-35 @preview
    Scenario: The box of the preview
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia opens the bot's connection
      Then Mia is asked for an application

  Rule: The maker chooses the environment

    @req:CON-36 @classic
    Scenario: Where classic keeps the environment
      Given Mia has a published bot
      And Mia has enabled the connection
      And Mia has opened the bot's connection
      When Mia presses "See the environment this bot is connected to"
      Then Mia can choose the environment "Development"

    @req:CON-36 @preview
    Scenario: The environment in the preview
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia opens the bot's connection
      Then Mia can choose the environment "Development"
      And Mia is not offered "Go to Omnichannel"

  Rule: A missing extension is the first thing that is said

    @req:CON-46 @classic
    Scenario: A bot without extensions
      Given Mia has a published bot
      And Pia has removed every extension
      And Mia has enabled the connection
      When Mia opens the bot's connection
      Then Mia is first warned about "variables" and "actions"
