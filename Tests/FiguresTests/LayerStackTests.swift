import Testing

@testable import Figures

@Suite struct LayerStackTests {
  private func figure(_ blocks: [LayerStack.Block], width: Double = 480) -> ResolvedFigure {
    LayerStack.figure(blocks, headline: "H", lead: "", width: width, measure: EvenMeasure())
  }

  private func bars(_ figure: ResolvedFigure) -> [(upper: Point, lower: Point)] {
    figure.panels[0].marks.compactMap { if case .area(let upper, let lower, _, _) = $0 { (upper, lower) } else { nil } }
  }

  private func block(_ label: String, _ widths: [Int]) -> LayerStack.Block {
    .init(label, widths.map { .init("part", detail: "4 heads", width: $0, kind: .attention) })
  }

  @Test func barsAreAsLongAsTheirWidthsAndGoUp() {
    let figure = figure([block("1", [256, 1024]), block("2", [512])])
    // From the top: the last part is the first bar.
    let bars = bars(figure)
    let lengths = bars.map { $0.lower.x - $0.upper.x }
    #expect(bars.count == 3 && abs(lengths[0] / lengths[1] - 0.5) < 1e-9 && abs(lengths[2] / lengths[1] - 0.25) < 1e-9)
    #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.lower.y < $1.upper.y })
    let middles = bars.map { $0.lower.x + $0.upper.x }
    #expect(middles.allSatisfy { abs($0 - middles[0]) < 1e-9 })
    #expect(
      figure.description
        == "H, from the bottom to the top. layer 1: part, 4 heads, 256 units wide; part, 4 heads, 1,024 units wide. "
        + "layer 2: part, 4 heads, 512 units wide.")
  }

  @Test func nothingLeavesTheFigure() {
    for blocks in [
      [], [block("", [])], (0..<2000).map { block("\($0)", [Int.max, 1, -5]) },
      [block(String(repeating: "long ", count: 40), [3])],
    ] {
      for width in [10.0, 480] {
        let figure = figure(blocks, width: width)
        let height = figure.panelHeight ?? 0
        #expect(height > 0 && height <= 9017)
        for bar in bars(figure) {
          #expect(bar.upper.x >= 0 && bar.lower.x <= max(120, width - 10) && bar.upper.x <= bar.lower.x)
          #expect(bar.upper.y >= 0 && bar.lower.y <= height)
        }
      }
    }
  }
}
