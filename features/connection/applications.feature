Feature: Applications of bots
  A bot of the older generations is added by an application that is registered for it alone.

  Rule: A bot is added by an application that is registered

    @req:CON-33
    Scenario Outline: An application that nobody registered
      Given an organisation of the <generation>
      And Mia has a bot ready to be added
      When Mia adds the bot by an unknown application
      Then the connection is refused because its application is not registered

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-33
    Scenario Outline: No application at all
      Given an organisation of the <generation>
      And Mia has a bot ready to be added
      When Mia adds the bot by ""
      Then Mia's bot is not connected

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-33
    Scenario Outline: The user has the application's id
      Given an organisation of the <generation>
      And Mia has registered the application "Alpine Desk"
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then Olga finds that application with the user of Mia's bot

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

  Rule: An application that is not in use will do, be it old or new

    @req:CON-34
    Scenario Outline: One that was registered long before
      Given an organisation of the <generation>
      And Mia has registered the application "Alpine Desk"
      And Mia has since registered the application "Valley Desk"
      And Mia has a bot ready to be added
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

    @req:CON-34
    Scenario Outline: One that is registered for it
      Given an organisation of the <generation>
      And Mia has a bot ready to be added
      And Mia has registered the application "Alpine Desk"
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

  Rule: In Classic no two bots share an application

    @req:CON-06 @classic
    Scenario: The application of another bot
      Given Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then the application is refused as another bot's

    @req:CON-06 @classic @api
    Scenario: The application of a bot in another environment
      Given there is an environment "North" in "Europe" with Omnichannel
      And Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application to "North"
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then the application is refused as another bot's

    @req:CON-06 @classic @api
    Scenario Outline: Another bot's application in other letters
      Given Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application
      And Mia has a bot ready to be added
      When Mia adds the bot by that application, written <form>
      Then the application is refused as another bot's

      Examples:
        | form             |
        | in capitals      |
        | in braces        |
        | between blanks   |

    @req:CON-06 @classic
    Scenario: What a refused bot leaves behind
      Given Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then Olga finds no user for Mia's bot

  Rule: In the preview no two bots of one environment share an application

    @req:CON-07 @preview @api
    Scenario: The application of a bot in the same environment
      Given Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application
      And Mia has a bot ready to be added
      When Mia adds the bot by that application
      Then the connection is refused because its application is in use

    @req:CON-08 @preview @api
    Scenario: The application of a bot elsewhere
      Given there is an environment "North" in "Europe" with Omnichannel
      And Mia has registered the application "Alpine Desk"
      And Mia has added a bot by that application
      And Mia has a bot ready to be added to "North"
      When Mia adds the bot by that application
      Then Mia's bot is connected

  Rule: What is no id of an application is refused where it is written

    @req:CON-30 @portal
    Scenario Outline: Before anything is asked
      Given an organisation of the <generation>
      And Mia has a bot ready to be added
      When Mia adds the bot by "not-an-id"
      Then the application id is refused at once

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-30
    Scenario Outline: An id in other letters
      Given an organisation of the <generation>
      And Mia has registered the application "Alpine Desk"
      And Mia has a bot ready to be added
      When Mia adds the bot by that application, written in capitals
      Then Olga finds that application with the user of Mia's bot

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-30 @api @classic
    Scenario Outline: No id
      Given Mia has a bot ready to be added
      When Mia adds the bot by "<words>"
      Then the connection is refused because its application id is malformed

      Examples:
        | words                                         |
        | Alpine Desk                                   |
        | 0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4           |
        | 0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b0         |
        | 0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4g          |
        | 0f0f0f0f1e1e4d2d8c3c4b4b4b4b4b4b              |
        | 0f0f0f0f-1e1e4d2d-8c3c-4b4b-4b4b4b4b          |
        | 0f0f0f0f 1e1e 4d2d 8c3c 4b4b4b4b4b4b          |
        | {0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b         |
        | (0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b)        |
        | urn:uuid:0f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b |
        | 0x0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b          |
        | ０f0f0f0f-1e1e-4d2d-8c3c-4b4b4b4b4b4b         |
        | 0f0f0f0f–1e1e–4d2d–8c3c–4b4b4b4b4b4b          |
        | 00000000-0000-0000-0000-000000000000000000000 |
