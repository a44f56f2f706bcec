@portal
Feature: What Power Apps and the portal show of a moved bot
  A maker who reads the notice finds in Power Apps what stands in the way, and removes it there.

  Rule: The notice stands where connecting begins

    @req:ALM-09
    Scenario Outline: The notice beside <begin>
      Given Mia has developed a bot without Omnichannel
      And Mia has moved it as managed
      When Mia opens the bot's connection
      Then Mia is offered "<begin>"
      And Mia reads that Omnichannel cannot be determined

      @classic
      Examples:
        | begin  |
        | Enable |

      @web-app
      Examples:
        | begin   |
        | Connect |

  Rule: Power Apps leads to the layers of the bot

    @req:ALM-10
    Scenario Outline: From the environment to the bot in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      When Mia moves it as managed
      Then Power Apps leads Mia to the moved bot

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-07
    Scenario Outline: The layers are offered in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      When Mia looks at the commands for the moved bot
      Then "See solution layers" is among the commands

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-11
    Scenario Outline: The unmanaged layer can be removed in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      And Mia has changed the moved bot
      When Mia looks at the layers of the moved bot
      Then "Remove unmanaged layer" is offered for the unmanaged layer

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |
