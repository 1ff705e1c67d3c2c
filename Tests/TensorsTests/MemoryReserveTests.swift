import Glibc
import Testing

@testable import Tensors

@Suite(.serialized) struct MemoryReserveTests {
  @Test func whatNoMachineHasIsRefused() throws {
    let workspace = Workspace()
    for bytes in [1 << 62, Int.max, Int.max - (1 << 20)] {
      #expect(throws: MemoryRefused(bytes: bytes)) { try workspace.beginWork(bytes) }
    }
    try workspace.beginWork(1 << 20)
    let matrix: Tensor<Double> = workspace.tensor(10, 10)
    workspace.giveBack(matrix)
    workspace.endWork()
  }

  /// While one is at work another waits, and is refused only when it is alone.
  @Test func workWaitsForOthers() async throws {
    let first = Workspace()
    try first.beginWork(1 << 20)
    let waiting = Task.detached { () -> Bool in
      do throws(MemoryRefused) { try Workspace().beginWork(1 << 46) } catch { return true }
      return false
    }
    try await Task.sleep(for: .milliseconds(100))
    first.endWork()
    #expect(await waiting.value)
  }
}
