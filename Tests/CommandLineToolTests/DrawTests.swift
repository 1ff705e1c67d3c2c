import Foundation
import TestSupport
import Testing

/// `trainfree draw` of encoders and decoders, by the built binary.
@Suite struct DrawTests {
  private let record =
    #"{"hidden_size": 96, "encoder_layers": [{"operation_type": "LT", "operation_parameter": "DCT", "#
    + #""num_operation_heads": 3, "feed_forward_dimension": 512, "num_feed_forward": 3}]}"#
  private let configuration =
    "n_layer: 3\nd_model: 32\nd_embed: 16\nn_head: 4\nd_inner: [64, 64, 128]\nn_token: 50257\ntgt_len: 64\n"
    + "mem_len: 64\ncutoffs: [1000]\ndiv_val: 2\n"

  private func tool() throws -> Tool {
    let tool = try Tool()
    try tool.write(record, to: "r.json")
    try tool.write(configuration, to: "c.yaml")
    return tool
  }

  @Test func layersAreDrawnFromTheBottomToTheTop() throws {
    let tool = try tool()
    for (source, output, expected) in [
      ("r.json", "r.dot", #"n2 [label="1: cosine transform, 3 heads\n96"];"#),
      ("c.yaml", "c.dot", #"n2 [label="1–2: attention, 4 heads\n32"];"#),
    ] {
      #expect(try tool.run(["draw", source, "-o", output]).status == 0)
      let text = try tool.text(output)
      #expect(text.contains(expected) && text.contains("rankdir=BT") && text.contains("  n0 -> n1;"), "\(text)")
    }
    for (source, words) in [
      ("r.json", ["Encoder of 1 layer", "network as declared, hidden size 96", "cosine transform", "3 heads"]),
      ("c.yaml", ["GPT-2 of 3 layers", "1–2", "50,257 tokens, 2 clusters"]),
    ] {
      #expect(try tool.run(["draw", source, "x.svg", "--force"]).status == 0)
      let text = try tool.text("x.svg")
      for word in words { #expect(text.contains(word), "\(word)") }
      #expect(text.contains("prefers-color-scheme"))
    }
    #expect(try tool.run(["draw", "c.yaml", "x.svg", "-f", "--kind", "transformer-xl"]).status == 0)
    #expect(try tool.text("x.svg").contains("Transformer-XL of 3 layers"))
  }

  @Test func variantsOfARecord() throws {
    let tool = try tool()
    #expect(try tool.run(["draw", "r.json", "-o", "t.svg", "--variant", "as-trained"]).status == 0)
    #expect(try tool.text("t.svg").contains("dot products, 3 heads"))
    let published = try tool.run(["draw", "r.json", "-o", "p.svg", "--variant", "published"])
    #expect(published.status == 65 && published.errors.contains("3 heads do not divide the hidden size 256"))
  }

  @Test func problemsHaveTheirPlaces() throws {
    let tool = try tool()
    let other = try tool.run(["draw", "c.yaml", "x.svg", "--kind", "encoder"])
    #expect(other.status == 65 && other.errors.contains("c.yaml:1:1: error: there is no encoder record"))
    try tool.write(record.replacing("\"DCT\"", with: "\"DTC\""), to: "w.json")
    let wrong = try tool.run(["draw", "w.json", "x.svg"])
    #expect(wrong.status == 65 && wrong.errors.contains("w.json:1:") && wrong.errors.contains("did you mean DCT?"))
    #expect(try tool.run(["draw", "r.json"]).status == 64)
    #expect(try tool.run(["draw", "r.json", "a.svg", "-o", "b.svg"]).status == 64)
  }
}
