import Diagnostics
import Statistics
import TestSupport
import Testing

@testable import SearchSpaces

@Suite struct RecipeCanonicalTests {
  private func samples(_ count: Int) throws -> [Recipe] {
    var sampler = RecipeSampler(seed: 41)
    let known = try [KnownCell.plain, KnownCell.lstm, KnownCell.gru].map { try RecipeParser.parse($0, file: "k") }
    return try known + sampler.sample(count: count)
  }

  @Test func namesAndOrderDoNotCount() throws {
    var generator = SeededGenerator(seed: 7)
    for cell in try samples(150) {
      let (canonical, digest) = (cell.canonical, cell.structuralDigest)
      #expect(canonical.canonical == canonical && canonical.structuralDigest == digest)
      #expect(canonical.evaluationOrder == Array(cell.nodes.indices))
      for _ in 0..<4 {
        let other = try Recipe(listing: cell.scrambled(&generator))
        #expect(other.structuralDigest == digest && other.canonical == canonical, "\(cell.json)\n\(other.json)")
      }
    }
  }

  @Test func anotherOperationIsAnotherCell() throws {
    for cell in try samples(100) {
      var listing = cell.listing
      guard let index = listing.firstIndex(where: { $0.operation == .tanh }) else { continue }
      listing[index].operation = .sigmoid
      let other = try Recipe(listing: listing)
      #expect(other.structuralDigest != cell.structuralDigest)
    }
  }

  /// Pairs that look alike node by node.
  @Test(
    arguments: [
      // One node read twice, or two alike.
      (
        "a = linear x h_prev_0\nb = tanh a\nc = linear x h_prev_0\nd = tanh c\nh_new_0 = sum b d\nh_new_1 = product b h_prev_1",
        "a = linear x h_prev_0\nb = tanh a\nc = linear x h_prev_0\nd = tanh c\nh_new_0 = sum b b\nh_new_1 = product d h_prev_1"
      ),
      // Which of two alike nodes goes with which.
      (
        "a = linear x\nb = linear x\np = tanh a\nq = sigmoid a\nr = tanh b\ns = sigmoid b\nt = product p q\nu = product r s\nh_new_0 = sum t u",
        "a = linear x\nb = linear x\np = tanh a\nq = sigmoid a\nr = tanh b\ns = sigmoid b\nt = product p s\nu = product r q\nh_new_0 = sum t u"
      ),
      // State 0 is the output.
      (
        "a = linear x h_prev_0 h_prev_1\nh_new_0 = tanh a\nh_new_1 = sigmoid a",
        "a = linear x h_prev_0 h_prev_1\nh_new_0 = sigmoid a\nh_new_1 = tanh a"
      ),
      // What a state is computed by.
      (
        "a = linear x h_prev_0 h_prev_1\nb = linear a h_prev_2\nh_new_0 = tanh b\nh_new_1 = tanh a\nh_new_2 = sigmoid a",
        "a = linear x h_prev_0 h_prev_2\nb = linear a h_prev_1\nh_new_0 = tanh b\nh_new_1 = tanh a\nh_new_2 = sigmoid a"
      ),
      // The order of a blend.
      (
        "a = linear x h_prev_0\nz = sigmoid a\nt = tanh a\nh_new_0 = blend z h_prev_0 t",
        "a = linear x h_prev_0\nz = sigmoid a\nt = tanh a\nh_new_0 = blend z t h_prev_0"
      ),
    ] as [(QuotedText, QuotedText)])
  func differentCellsHaveDifferentDigests(_ one: QuotedText, _ other: QuotedText) throws {
    let (one, other) = (try recipe(one.text), try recipe(other.text))
    #expect(one.structuralDigest != other.structuralDigest)
  }

  @Test func theOrderOfLinearsDoesNotCount() throws {
    let one = try recipe("a = linear x h_prev_0\nb = linear a x\nh_new_0 = tanh b")
    let renamed = try recipe("h_new_0 = tanh q\np = linear x h_prev_0\nq = linear p x")
    let reordered = try recipe("b = linear a x\na = linear x h_prev_0\nh_new_0 = tanh b")
    let turned = try recipe("a = linear h_prev_0 x\nb = linear a x\nh_new_0 = tanh b")
    #expect(Set([one, renamed, reordered, turned].map(\.structuralDigest)).count == 1)
  }

  /// Cells with many symmetries, which a plain search would follow into n! branches.
  @Test func symmetricCells() throws {
    var lines: [String] = []
    for index in 0..<20 { lines += ["a\(index) = linear x h_prev_0", "b\(index) = tanh a\(index)"] }
    lines.append("h_new_0 = sum " + (0..<20).map { "b\($0)" }.joined(separator: " "))
    let cell = try recipe(lines.joined(separator: "\n"))
    var generator = SeededGenerator(seed: 3)
    let other = try Recipe(listing: cell.scrambled(&generator))
    #expect(cell.structuralDigest == other.structuralDigest)
  }

  /// Largest recipes cost bounded time.
  @Test func hostileCells() throws {
    let twins = (0..<510).map { "a\($0) = linear x h_prev_0" } + ["h_new_0 = tanh a0"]
    #expect(try recipe(twins.joined(separator: "\n")).structuralDigest.count == 64)
    var chains: [String] = []
    for index in 0..<250 { chains += ["a\(index) = linear x h_prev_0", "b\(index) = tanh a\(index)"] }
    #expect(try recipe((chains + ["h_new_0 = tanh a0"]).joined(separator: "\n")).structuralDigest.count == 64)
    let ring = (0..<255).flatMap { ["a\($0) = linear h_prev_\($0)", "h_new_\(($0 + 1) % 255) = tanh a\($0)"] }
    #expect(try recipe(ring.joined(separator: "\n")).structuralDigest.count == 64)
  }
}
