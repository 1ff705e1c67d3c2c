import CairoRendering
import Figures
import Synchronization
import TestSupport
import Testing

/// Text in every figure that specs can ask for, as wide as it is drawn.
@Suite struct FigureTextTests {
  /// Looks at what it is given to draw.
  private final class WatchingRenderer: FigureRenderer {
    private let renderer: CairoRenderer
    let problems = Mutex<[String]>([])
    let count = Mutex(0)
    var version: String { renderer.version }
    var date: String { renderer.date }

    init() throws { renderer = try CairoRenderer() }

    func extent(of text: String, size: Double, isBold: Bool) -> (width: Double, height: Double) {
      renderer.extent(of: text, size: size, isBold: isBold)
    }

    func render(
      _ list: DisplayList, format: FigureFormat, theme: FigureTheme
    ) throws(FigureRenderingError) -> [UInt8] {
      if format == .svg {
        let found = TextBox.problems(list, measure: renderer)
        problems.withLock { $0 += found }
        count.withLock { $0 += 1 }
      }
      return try renderer.render(list, format: format, theme: theme)
    }
  }

  @Test func noTextMeetsAnotherInTheFiguresOfAReport() async throws {
    let every = try EveryAnalysis()
    let renderer = try WatchingRenderer()
    let (result, _) = try await every.run(every.plan(renderer: renderer))
    #expect(result.failures.map { "\($0)" } == [])
    #expect(renderer.count.withLock { $0 } > 15)
    #expect(renderer.problems.withLock { $0 } == [])
  }
}
