import Testing

@testable import SearchSpaces

@Suite struct RecipeTextTests {
  @Test func graphviz() throws {
    let cell = try recipe("a = linear x h_prev_0\nh_new_0 = blend a h_prev_0 a")
    #expect(
      cell.graphviz == """
        digraph recipe {
          rankdir=TB;
          node [shape=box];
          n0 [label="x", shape=ellipse];
          n1 [label="h_prev_0", shape=ellipse];
          n2 [label="linear\\na"];
          n3 [label="blend\\nh_new_0", peripheries=2];
          n0 -> n2;
          n1 -> n2;
          n2 -> n3 [label="z"];
          n1 -> n3 [label="a"];
          n2 -> n3 [label="b"];
        }

        """)
  }

  @Test func namesAreEscaped() throws {
    let name = "a\"];\\n\n\u{0}b"
    let cell = try Recipe(listing: [
      RecipeListing(name: name, operation: .linear, inputs: ["x", "h_prev_0"]),
      RecipeListing(name: "h_new_0", operation: .tanh, inputs: [name]),
    ])
    #expect(cell.graphviz.contains(#"n2 [label="linear\na\"];\\n\\u{a}\\u{0}b"];"#))
    #expect(try RecipeParser.parse(cell.json, file: "r") == cell)
  }
}
