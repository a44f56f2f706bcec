@preview @classic @web-app
Feature: Transfer to a person
  A bot that cannot help hands the conversation to a person at the desk.

  Rule: Reaching the transfer node hands the chat to Omnichannel

    @req:ESC-01
    Scenario: An agent accepts
      Given Ben is available
      And Ada is chatting with the bot
      When Ada is transferred to Ben
      Then Ada's conversation is active with Ben

    @req:ESC-01
    Scenario: An agent becomes available later
      Given no agent is available
      And Ada is waiting for an agent
      When Ben becomes available
      Then Ada's conversation rings at Ben

  Rule: An escalated chat rings at the desk without anybody looking for it

    @req:ESC-32
    Scenario: A conversation rings
      Given Ben is available
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation rings at Ben

    @req:OCA-10
    Scenario: An agent who is away is not disturbed
      Given Bea is away
      And Ben is available
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation rings at Ben alone

  Rule: The customer is told who joined

    @req:ESC-24
    Scenario: The customer is told of the agent
      Given Ben is available
      And Ada is waiting for an agent
      When Ben accepts Ada's conversation
      Then Ada sees that Ben has joined

  Rule: Without a free agent the conversation stays open

    @req:ESC-26
    Scenario: Nobody is available
      Given no agent is available
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada's conversation is open

    @req:ESC-26
    Scenario: The customer is told of the queue
      Given no agent is available
      And Ada is chatting with the bot
      When Ada asks for a person
      Then Ada sees "next in line"

  Rule: The agent goes on in the same thread, and nobody repeats anything

    @req:ESC-29
    Scenario: An agent writes to the customer
      Given Ada is chatting with Ben
      When Ben says "Your parcel left today" to Ada
      Then Ada sees "Your parcel left today"

    @req:ESC-29
    Scenario: The customer writes to the agent
      Given Ada is chatting with Ben
      When Ada says "Which parcel do you mean?"
      Then Ben sees "Which parcel do you mean?" from Ada

    @req:ESC-29
    Scenario: The customer sees the agent typing
      Given Ada is chatting with Ben
      When Ben types to Ada
      Then Ada sees that Ben is typing

    @req:ESC-29
    Scenario: The agent sees the customer typing
      Given Ada is chatting with Ben
      When Ada types
      Then Ben sees that Ada is typing

  Rule: After the transfer the bot does not answer any more

    @req:ESC-23
    Scenario: A question that the bot could answer
      Given Ada is chatting with Ben
      When Ada says "opening hours"
      Then the bot stays silent towards Ada and Ben
