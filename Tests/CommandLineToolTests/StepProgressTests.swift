import Testing

@testable import CommandLineTool

@Suite struct StepProgressTests {
  @Test func estimatesAreTheMeanPaceOfThisRun() {
    var progress = StepProgress(done: 100, at: .seconds(5))
    #expect(progress.text(of: 340, at: .seconds(6)) == "100/340")
    progress.advance(to: 101)
    #expect(progress.text(of: 340, at: .seconds(8)) == "101/340")
    progress.advance(to: 110)
    progress.advance(to: 109)
    // Ten parts in 20 s; 230 are left.
    #expect(progress.text(of: 340, at: .seconds(25)) == "110/340, about 8 min left")
    progress.advance(to: 330)
    #expect(progress.text(of: 340, at: .seconds(465)) == "330/340, about 20 s left")
    progress.advance(to: 340)
    #expect(progress.text(of: 340, at: .seconds(500)) == "340/340")
    var slow = StepProgress(done: 0, at: .zero)
    slow.advance(to: 2)
    #expect(slow.text(of: 1002, at: .seconds(20)) == "2/1002, about 3 h left")
  }

  @Test func linesAreDueEveryTenSeconds() {
    var progress = StepProgress(done: 0, at: .zero)
    let due = (1...35).filter { progress.isLineDue(at: .seconds($0)) }
    #expect(due == [10, 20, 30])
  }
}
