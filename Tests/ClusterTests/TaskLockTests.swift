import Diagnostics
import Files
import Foundation
import Testing

@testable import Cluster

/// The lock of a task: one process at a time works on it, and none once it was given up.
@Suite struct TaskLockTests {
  private func taken(_ path: String) throws -> TaskLock {
    guard case .taken(let lock) = try TaskLock.attempt(path) else { throw CancellationError() }
    return lock
  }

  @Test func oneAtATimeHasIt() throws {
    let folder = try Scratch()
    let path = try folder.write("", to: "0.lock")
    do {
      let lock = try taken(path)
      #expect(lock.journals.isEmpty && !lock.isClosed && lock.isInPlace)
      try lock.add(journal: "0.h.1.0.journal", who: "process 1 on h")
      guard case .held(by: "process 1 on h") = try TaskLock.attempt(path) else {
        Issue.record("it was taken twice")
        return
      }
    }
    let next = try taken(path)
    #expect(next.journals == ["0.h.1.0.journal"])
    try next.add(journal: "0.i.2.0.journal", who: "process 2 on i")
    try next.end()
    unlink(path)
    #expect(!next.isInPlace)
    guard case .missing = try TaskLock.attempt(path) else {
      Issue.record("a lock that is gone was taken")
      return
    }
  }

  /// What was given up stays so, and a part of a line that a process left when it was killed does no harm.
  @Test func whatWasGivenUpStaysSo() throws {
    let folder = try Scratch()
    let path = try folder.write(String(CheckedLine.text(["closed"]).dropLast(3)), to: "0.lock")
    do {
      let lock = try taken(path)
      #expect(!lock.isClosed)
      try lock.end()
    }
    #expect(try taken(path).isClosed)
  }

  @Test func pipesFoldersAndLinksAreRefused() throws {
    let folder = try Scratch()
    #expect(mkfifo("\(folder.path)/pipe", 0o600) == 0)
    try FileSystem.makeFolder("\(folder.path)/folder")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "/etc/hosts")
    for name in ["pipe", "folder", "link"] {
      #expect(throws: (any Error).self) { try TaskLock.attempt("\(folder.path)/\(name)") }
    }
  }

  /// A task is closed when nobody works on it; then files of results that the folder does not show yet are read as well.
  @Test func tasksAreClosedWhenNobodyWorksOnThem() throws {
    let folder = try Scratch()
    let measurement = MeasurementFolder(path: folder.path)
    let array = try measurement.makeArray([[], []], configuration: "c") { _ in "" }
    #expect(array.tasks == [0, 1] && FileSystem.size(array.lock(1)) == 0)
    var watch = ArrayWatch(array, name: "n", job: "7", asked: [0: ["k"], 1: ["l"]], isAdopted: false)
    do {
      let lock = try taken(array.lock(0))
      try lock.add(journal: "0.h.1.0.journal", who: "process 1 on h")
      try lock.add(journal: "0/../../x.journal", who: "nobody")
      #expect(try watch.close(0) == "nobody")
      #expect(watch.tasks[0]?.isClosed == false)
    }
    #expect(try watch.close(0) == nil)
    #expect(watch.tasks[0]?.isClosed == true && watch.tasks[1]?.isClosed == false)
    #expect(watch.tasks[0]?.journals == ["\(array.results)/0.h.1.0.journal"])
    #expect(try taken(array.lock(0)).isClosed)
    #expect(try !taken(array.lock(1)).isClosed)
  }
}
