Feature: Connecting a bot to Omnichannel
  A maker connects a bot, and Omnichannel gets a user that stands for it.

  Rule: A connected bot has a user in Omnichannel

    @req:CON-40
    Scenario Outline: The user of a connected bot
      Given an organisation of the <generation>
      And Mia has a published bot
      When Mia connects the bot
      Then Olga finds an enabled user for Mia's bot

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-40 @api
    Scenario Outline: The same user in Dataverse
      Given an organisation of the <generation>
      And Mia has a published bot
      When Mia connects the bot
      Then Pia finds Mia's bot in Dataverse as Olga does

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-23 @api
    Scenario Outline: The user is an agent of Omnichannel
      Given an organisation of the <generation>
      And Mia has a published bot
      When Mia connects the bot
      Then Olga finds Mia's bot among the agents

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-23 @api
    Scenario Outline: A user that was disabled is enabled
      Given an organisation of the <generation>
      And Mia has disconnected the bot
      When Mia connects the bot
      Then Olga finds Mia's bot among the agents

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

  Rule: Classic adds the bot when its maker adds it, and not before

    @req:CON-37 @classic @inferred
    Scenario: Everything but adding is done
      Given Mia has a published bot
      And Mia has enabled the connection
      When Mia chooses the home environment
      Then Olga finds no user for Mia's bot

    @req:CON-37 @classic
    Scenario: Adding the bot
      Given Mia has registered the application "Alpine Desk"
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then Olga finds an enabled user for Mia's bot

    @req:CON-37 @classic @api
    Scenario: Adding a bot that is not enabled
      Given Mia has registered the application "Alpine Desk"
      And Mia has a published bot
      When Mia adds the bot by that application
      Then the connection is refused because it is not enabled

    @req:CON-04 @preview @api
    Scenario: Going on without an acknowledgement
      Given Mia has a published bot
      When Mia enables the connection without an acknowledgement
      Then the connection is refused because privacy is not acknowledged

  Rule: An unpublished bot can be connected but cannot chat

    @req:CON-26
    Scenario Outline: Connecting before publishing
      Given an organisation of the <generation>
      And Mia has an unpublished bot
      When Mia connects the bot
      Then Mia's bot is connected

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-26
    Scenario Outline: Chatting before publishing
      Given an organisation of the <generation>
      And Mia has connected a bot without publishing it
      When Ada starts a chat with "hello"
      Then the bot does not answer Ada

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:CON-26
    Scenario Outline: What the customer of an unpublished bot is told
      Given an organisation of the <generation>
      And Mia has connected a bot without publishing it
      When Ada starts a chat with "hello"
      Then Ada is told code 2009, the conversation and the time

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: What was refused can be tried again at once

    @req:CON-31 @api
    Scenario Outline: Another application
      Given an organisation of the <generation>
      And Mia has registered the application "Alpine Desk"
      And Mia has a bot ready to be added
      And Mia has been refused for an unknown application
      When Mia adds the bot by that application
      Then Mia's bot is connected

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-31 @web-app @api
    Scenario: Another name
      Given Mia has a bot named by 31 plain letters
      And Mia has been refused a connection
      And Mia has renamed the bot "Beta Helper"
      When Mia connects the bot
      Then Mia's bot is connected

  Rule: The preview stores and sends what customers say

    @req:CON-50 @preview
    Scenario: What Omnichannel gets
      Given Ben is available
      And Ada is chatting with the bot
      And Ada has told the bot the store is in Oslo
      When Ada is transferred to Ben
      Then Ben sees the store location "Oslo" of Ada

    @req:CON-50 @preview
    Scenario: What the bot keeps
      Given Ada is chatting with the bot
      When Ada says "opening hours"
      Then Mia's bot has kept "opening hours" of Ada
