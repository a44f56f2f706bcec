Feature: Bots that were moved between environments
  After a move the portal cannot always tell whether a bot is connected, and says so in a notice.

  Rule: The notice depends on how a bot was moved, from what, and what became of it since

    @req:ALM-01 @req:ALM-03 @req:ALM-04 @req:ALM-06 @api
    Scenario Outline: Managed, exported <export> Omnichannel, <since> since, Mia <does> it
      Given an organisation of the <generation>
      And Mia has developed a bot <export> Omnichannel
      And Mia has moved it as managed
      And Mia has <since> it in development
      When Mia <does> the moved bot
      Then the notice of Mia's bot is <notice>

      @classic
      Examples: Classic
        | generation | export  | since       | does     | notice |
        | classic    | without | changed     | looks at | shown  |
        | classic    | without | changed     | changes  | shown  |
        | classic    | without | not changed | looks at | shown  |
        | classic    | without | not changed | changes  | shown  |
        | classic    | with    | changed     | looks at | shown  |
        | classic    | with    | changed     | changes  | shown  |
        | classic    | with    | not changed | changes  | shown  |
        | classic    | with    | not changed | looks at | hidden |

      @web-app
      Examples: Web app
        | generation | export  | since       | does     | notice |
        | web app    | without | changed     | looks at | shown  |
        | web app    | without | changed     | changes  | shown  |
        | web app    | without | not changed | looks at | shown  |
        | web app    | without | not changed | changes  | shown  |
        | web app    | with    | changed     | looks at | shown  |
        | web app    | with    | changed     | changes  | shown  |
        | web app    | with    | not changed | changes  | shown  |
        | web app    | with    | not changed | looks at | hidden |

    @req:ALM-08 @api
    Scenario Outline: Unmanaged, exported <export> Omnichannel, <since> since, Mia <does> it
      Given an organisation of the <generation>
      And Mia has developed a bot <export> Omnichannel
      And Mia has moved it as unmanaged
      And Mia has <since> it in development
      When Mia <does> the moved bot
      Then the notice of Mia's bot is <notice>

      @classic
      Examples: Classic
        | generation | export  | since       | does     | notice |
        | classic    | without | changed     | looks at | hidden |
        | classic    | without | changed     | changes  | hidden |
        | classic    | without | not changed | looks at | hidden |
        | classic    | without | not changed | changes  | hidden |
        | classic    | with    | changed     | looks at | hidden |
        | classic    | with    | changed     | changes  | hidden |
        | classic    | with    | not changed | looks at | hidden |
        | classic    | with    | not changed | changes  | hidden |

      @web-app
      Examples: Web app
        | generation | export  | since       | does     | notice |
        | web app    | without | changed     | looks at | hidden |
        | web app    | without | changed     | changes  | hidden |
        | web app    | without | not changed | looks at | hidden |
        | web app    | without | not changed | changes  | hidden |
        | web app    | with    | changed     | looks at | hidden |
        | web app    | with    | changed     | changes  | hidden |
        | web app    | with    | not changed | looks at | hidden |
        | web app    | with    | not changed | changes  | hidden |

  Rule: A moved bot that is connected works while the notice is shown

    @req:ALM-02
    Scenario Outline: A transfer in <generation> by a bot <whose>
      Given an organisation of the <generation>
      And a bot that Mia has moved takes the chats
      And Mia has changed <which>
      And Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then the notice of Mia's bot is shown
      And Ada's conversation is active with Ben

      @classic
      Examples:
        | generation | whose             | which             |
        | classic    | that is out of date | it in development |
        | classic    | with a layer      | the moved bot     |

      @web-app
      Examples:
        | generation | whose             | which             |
        | web app    | that is out of date | it in development |
        | web app    | with a layer      | the moved bot     |

  Rule: The latest export makes the notice go, unless something stands in its way

    @req:ALM-03
    Scenario Outline: The latest export in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      And Mia has changed it in development
      When Mia moves it as managed
      Then the notice of Mia's bot is hidden

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-04
    Scenario Outline: The latest export below a layer in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      And Mia has changed the moved bot
      When Mia moves it as managed
      Then the notice of Mia's bot is shown

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-05
    Scenario Outline: The layer is removed in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      And Mia has changed the moved bot
      When Mia removes the unmanaged layer
      Then the notice of Mia's bot is hidden

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-06
    Scenario Outline: The latest export without Omnichannel in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot without Omnichannel
      And Mia has moved it as managed
      And Mia has changed it in development
      When Mia moves it as managed
      Then the notice of Mia's bot is shown

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

    @req:ALM-06
    Scenario Outline: The layer is removed without Omnichannel in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot without Omnichannel
      And Mia has moved it as managed
      And Mia has changed the moved bot
      When Mia removes the unmanaged layer
      Then the notice of Mia's bot is shown

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |

  Rule: Where a bot is developed there is nothing to determine

    @req:ALM-08
    Scenario Outline: The bot in development in <generation>
      Given an organisation of the <generation>
      And Mia has developed a bot with Omnichannel
      And Mia has moved it as managed
      When Mia looks at the bot in development
      Then the notice of Mia's bot is hidden

      @classic
      Examples:
        | generation |
        | classic    |

      @web-app
      Examples:
        | generation |
        | web app    |
