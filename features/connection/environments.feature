Feature: Environments and regions
  Where a bot lives, and where Omnichannel does, decides whether the two can be connected.

  Rule: In the web app both are in one environment

    @req:CON-12 @web-app
    Scenario: Omnichannel is somewhere else
      Given Mia has a published bot in the environment "Development"
      When Mia connects the bot
      Then the connection is refused because Omnichannel is in another environment

    @req:CON-12 @web-app
    Scenario: Omnichannel is nowhere near
      Given there is an environment "South" in "Australia"
      And Mia has a published bot in the environment "South"
      When Mia connects the bot
      Then the connection is refused because Omnichannel is in another environment

  Rule: In Classic they may be apart, without Omnichannel's analytics

    @req:CON-13 @classic
    Scenario: Another environment of the region
      Given Mia has a published bot in the environment "Development"
      When Mia connects the bot
      Then Mia's bot is connected

    @req:CON-13 @classic
    Scenario: Analytics of a bot elsewhere
      Given Mia has a published bot in the environment "Development"
      When Mia connects the bot
      Then Olga finds no analytics of Mia's bot

    @req:CON-13 @classic
    Scenario: Analytics of a bot in the same environment
      Given Mia has a published bot
      When Mia connects the bot
      Then Olga finds analytics of Mia's bot

  Rule: In Classic they are in one region

    @req:CON-14 @classic
    Scenario Outline: Another region
      Given there is an environment "Faraway" in "<region>"
      And Mia has a published bot in the environment "Faraway"
      When Mia connects the bot
      Then the connection is refused because the regions differ

      Examples:
        | region        |
        | United States |

      @api
      Examples:
        | region |
        | Asia   |
        | Canada |

  Rule: An environment without Omnichannel invites to a trial

    @req:CON-18 @classic
    Scenario: Choosing it
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia chooses the environment "Development"
      Then Mia is invited to begin a trial

    @req:CON-18 @classic
    Scenario: Nothing is connected by it
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia chooses the environment "Development"
      Then Mia's bot is not connected

    @req:CON-18 @classic
    Scenario: Beginning the trial
      Given Mia has a published bot
      And Mia has enabled the connection
      And Mia has begun a trial in "Development"
      When Mia chooses the environment "Development"
      Then Mia's bot is to be connected to "Development"

  Rule: The maker chooses the environment before the bot is added

    @req:CON-36
    Scenario Outline: Nothing was chosen
      Given an organisation of the <generation>
      And Mia has a published bot
      And Mia has enabled the connection
      And Mia has registered the application "Alpine Desk"
      When Mia adds the bot by that application
      Then the connection is refused because no environment is chosen

      @preview @api
      Examples:
        | generation |
        | preview    |

      @classic @api
      Examples:
        | generation |
        | classic    |
