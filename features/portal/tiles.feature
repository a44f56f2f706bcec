@portal
Feature: Where Omnichannel is found in the portal
  Each generation of the portal has its own menu, its own tile and its own first button.

  Rule: The settings lead to a tile

    @req:CON-01
    Scenario Outline: The tile in <generation>
      Given an organisation of the <generation>
      When Mia opens "Settings > Agent transfers"
      Then Mia sees the tile "Omnichannel"

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-02 @preview
    Scenario: The tile in the preview
      When Mia opens "Settings > Transfer to agent"
      Then Mia sees the tile "Dynamics 365 Omnichannel for Customer Service"

  Rule: Connecting begins with one button

    @req:CON-03
    Scenario Outline: The first button is <first>
      Given Mia has a published bot
      When Mia opens the bot's connection
      Then Mia is offered "<first>"

      @preview
      Examples:
        | first |
        | Next  |

      @classic
      Examples:
        | first  |
        | Enable |

      @web-app
      Examples:
        | first   |
        | Connect |
