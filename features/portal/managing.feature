@portal
Feature: What the portal offers for a connected bot
  From its tile a connection is looked after, followed into Omnichannel, and ended.

  Rule: A connected bot has a link into Omnichannel

    @req:CON-24
    Scenario Outline: The link <link>
      Given Mia has a bot that is connected
      When Mia opens the bot's connection
      Then Mia is offered "<link>"

      @preview
      Examples:
        | link              |
        | Go to Omnichannel |

      @classic
      Examples:
        | link                        |
        | View details in Omnichannel |

      @web-app
      Examples:
        | link                |
        | View in Omnichannel |

    @req:CON-25 @web-app
    Scenario: The link leads to the bot's entry
      Given Mia has a bot that is connected
      And Mia has opened the bot's connection
      When Mia presses "View in Omnichannel"
      Then Mia stands before the bot's entry in Omnichannel

    @req:CON-48
    Scenario Outline: Going on from <link>
      Given Mia has a bot that is connected
      And Mia has opened the bot's connection
      When Mia presses "<link>"
      Then Mia can go on with the bot's workstreams there

      @preview
      Examples:
        | link              |
        | Go to Omnichannel |

      @classic
      Examples:
        | link                        |
        | View details in Omnichannel |

      @web-app
      Examples:
        | link                |
        | View in Omnichannel |

    @req:DIS-15
    Scenario Outline: The details behind <link>
      Given Mia has a bot that is connected
      And Mia has opened the bot's connection
      When Mia presses "<link>"
      Then Mia sees the details of the connection there

      @classic
      Examples:
        | link                        |
        | View details in Omnichannel |

      @web-app
      Examples:
        | link                |
        | View in Omnichannel |

  Rule: A connection is managed from its tile

    @req:DIS-13
    Scenario Outline: A connected bot can be told to <action>
      Given Mia has a bot that is connected
      When Mia opens the bot's connection
      Then Mia is offered "<action>"

      @classic
      Examples:
        | action                      |
        | Disconnect bot              |
        | Disable                     |
        | Refresh                     |
        | View details in Omnichannel |

      @web-app
      Examples:
        | action              |
        | Disconnect          |
        | View in Omnichannel |

    @req:DIS-09 @web-app
    Scenario: What the web app leaves out
      Given Mia has a bot that is connected
      When Mia opens the bot's connection
      Then Mia is not offered "Refresh"
      And it is reported whether Mia is offered "Disable"

    @req:DIS-10 @preview
    Scenario: Where the preview disconnects
      Given Mia has a bot that is connected
      When Mia opens "Settings > Transfer to agent"
      Then Mia is offered "Disconnect" under "Dynamics 365 Omnichannel Customer Engagement"

    @req:DIS-14 @preview
    Scenario: The tile after the preview has disconnected
      Given Mia has disconnected the bot
      When Mia opens the bot's connection
      Then Mia is cautioned about data sovereignty

  Rule: A disconnected bot is connected again from the middle

    @req:DIS-06
    Scenario Outline: Connecting again begins at <begin>
      Given Mia has disconnected the bot
      When Mia opens the bot's connection
      Then Mia is offered "<begin>"

      @classic
      Examples:
        | begin                                        |
        | See the environment this bot is connected to |

      @web-app
      Examples:
        | begin   |
        | Connect |

    @req:DIS-06 @classic
    Scenario: Nothing is enabled a second time
      Given Mia has disconnected the bot
      When Mia opens the bot's connection
      Then Mia is not offered "Enable"
