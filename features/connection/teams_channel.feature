Feature: The Teams channel
  Bots of the older generations and Omnichannel speak to each other over it.

  Rule: Connecting switches it on

    @req:CON-21
    Scenario Outline: It was off
      Given an organisation of the <generation>
      And Mia has a published bot
      And the Teams channel of Mia's bot is off
      When Mia connects the bot
      Then the Teams channel of Mia's bot is on

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-22 @api
    Scenario Outline: It was on already
      Given an organisation of the <generation>
      And Mia has a published bot
      And the Teams channel of Mia's bot is on
      When Mia connects the bot
      Then the Teams channel of Mia's bot is on

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-22
    Scenario Outline: There are not two of it
      Given an organisation of the <generation>
      And Mia has a published bot
      And the Teams channel of Mia's bot is on
      And Mia has connected the bot
      And Olga has given Mia's bot the chats
      When Ada starts a chat with "hello"
      Then Ada sees "Nice to meet you" once

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

  Rule: It is switched on when the bot is added, and not before

    @req:CON-38
    Scenario Outline: Everything but adding is done
      Given an organisation of the <generation>
      And Mia has a published bot
      And the Teams channel of Mia's bot is off
      And Mia has enabled the connection
      When Mia chooses the home environment
      Then the Teams channel of Mia's bot is still off

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

    @req:CON-38
    Scenario Outline: Adding the bot
      Given an organisation of the <generation>
      And Mia has registered the application "Alpine Desk"
      And Mia has a bot ready to be added
      And the Teams channel of Mia's bot is off
      When Mia adds the bot by that application
      Then the Teams channel of Mia's bot is on

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |

  Rule: Without it bot and Omnichannel do not reach each other

    @req:CON-39
    Scenario Outline: It is switched off
      Given an organisation of the <generation>
      And the Teams channel of Mia's bot is off
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

    @req:CON-39 @inferred
    Scenario Outline: What the customer is told
      Given an organisation of the <generation>
      And the Teams channel of Mia's bot is off
      When Ada starts a chat with "hello"
      Then Ada is told code 2013, the conversation and the time

      @preview
      Examples:
        | generation |
        | preview    |

      @classic
      Examples:
        | generation |
        | classic    |
