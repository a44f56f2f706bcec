@preview @classic @web-app
Feature: After the chat
  A customer is asked how it was, and takes along what was said.

  Rule: Nobody is asked about a chat in which nobody served them

    @req:EMB-31
    Scenario: A customer who left before anybody came
      Given agents pick their chats themselves
      And customers are asked how it was
      And Ada has started a chat
      When Ada ends the chat
      Then Ada is not asked how it was

    @req:EMB-31
    Scenario: A customer whom an agent served
      Given customers are asked how it was
      And Ada is chatting with Ben
      When Ben ends Ada's conversation
      Then Ada is asked how it was

    @req:EMB-31
    Scenario: What the customer answers
      Given customers are asked how it was
      And Ada is chatting with Ben
      And Ben has ended Ada's conversation
      When Ada answers "satisfaction" with "4"
      Then Ben sees that Ada answered "satisfaction" "4"

    @req:EMB-31 @api
    Scenario: A link in the conversation
      Given customers are asked how it was by a link
      And Ada is chatting with Ben
      When Ben ends Ada's conversation
      Then Ada sees "Please tell us how we did"

  Rule: A transcript is sent when the chat is over, and not before

    @req:EMB-35
    Scenario: While the chat goes on
      Given customers may have transcripts
      And Ada is chatting with Ben
      When Ada asks for the transcript at "ada@post.example"
      Then nothing is sent to "ada@post.example"

    @req:EMB-35 @api
    Scenario: When the chat is over
      Given customers may have transcripts
      And Ada is chatting with Ben
      And Ben has said "The parcel is in Oslo" to Ada
      And Ada has asked for the transcript at "ada@post.example"
      When Ben ends Ada's conversation
      Then a transcript with "The parcel is in Oslo" is sent to "ada@post.example"
