Feature: Licences
  Handing over needs the bots' licence, and one of Omnichannel that each generation names anew.

  Rule: Without either product's licence nothing is connected

    @req:CON-32 @api
    Scenario Outline: A licence is missing
      Given an organisation of the <generation>
      And Pia has taken away the licence "<licence>"
      And Mia has a published bot
      When Mia connects the bot
      Then the connection is refused because a licence is missing

      @preview
      Examples:
        | generation | licence                           |
        | preview    | Power Virtual Agents              |
        | preview    | Omnichannel for Customer Service  |

      @classic
      Examples:
        | generation | licence                                       |
        | classic    | Power Virtual Agents                          |
        | classic    | Chat Add-in for Dynamics 365 Customer Service |

      @web-app
      Examples:
        | generation | licence                                       |
        | web app    | Power Virtual Agents                          |
        | web app    | Chat Add-in for Dynamics 365 Customer Service |

  Rule: The preview needs Omnichannel for Customer Service, the others the Chat Add-in

    @req:CON-49 @api
    Scenario Outline: The other generation's licence is of no use
      Given an organisation of the <generation>
      And Pia has left the licences "Power Virtual Agents" and "<other>"
      And Mia has a published bot
      When Mia connects the bot
      Then the connection is refused because a licence is missing

      @preview
      Examples:
        | generation | other                                         |
        | preview    | Chat Add-in for Dynamics 365 Customer Service |

      @classic
      Examples:
        | generation | other                            |
        | classic    | Omnichannel for Customer Service |

      @web-app
      Examples:
        | generation | other                            |
        | web app    | Omnichannel for Customer Service |

    @req:CON-49 @api
    Scenario Outline: The licence of its own generation is enough
      Given an organisation of the <generation>
      And Pia has left the licences "Power Virtual Agents" and "<own>"
      And Mia has a published bot
      When Mia connects the bot
      Then Mia's bot is connected

      @preview
      Examples:
        | generation | own                              |
        | preview    | Omnichannel for Customer Service |

      @classic
      Examples:
        | generation | own                                           |
        | classic    | Chat Add-in for Dynamics 365 Customer Service |

      @web-app
      Examples:
        | generation | own                                           |
        | web app    | Chat Add-in for Dynamics 365 Customer Service |
