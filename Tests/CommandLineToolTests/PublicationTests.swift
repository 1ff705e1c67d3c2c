import Foundation
import Testing

/// A report is the old one or the new one, whenever the run that writes it is stopped.
@Suite struct PublicationTests {
  /// The reports of two titles, each with a file of the user's.
  private func reports() throws -> (tool: Tool, all: [[String: Data]]) {
    let tool = try SmallAnalysis.tool()
    try tool.write("mine", to: "reports/small/notes.txt")
    var all: [[String: Data]] = []
    for title in ["One", "Two"] {
      try tool.write(SmallAnalysis.spec(title: title), to: "a.yaml")
      #expect(try tool.run(["run", "a.yaml"]).status == 0)
      all.append(try tool.files("reports/small"))
    }
    #expect(all[0] != all[1] && all.allSatisfy { $0["notes.txt"] == Data("mine".utf8) })
    return (tool, all)
  }

  @Test(arguments: [SIGKILL, SIGTERM])
  func stoppedRunsLeaveOneReport(_ signal: Int32) throws {
    let (tool, all) = try reports()
    let start = ContinuousClock.now
    try tool.write(SmallAnalysis.spec(title: "One"), to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    // Moments from the beginning of a run to after its end, however busy the machine is.
    var span = (ContinuousClock.now - start) / .seconds(1) * 1.3
    var current = 0
    var (stopped, renewed) = (0, 0)
    for _ in 0..<5 {
      let before = (stopped, renewed)
      for number in 0..<6 {
        try tool.write(SmallAnalysis.spec(title: ["Two", "One"][current]), to: "a.yaml")
        let process = tool.process(["run", "a.yaml", "-q"])
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        Thread.sleep(forTimeInterval: span * (Double(number) + 0.5) / 6)
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
        if process.terminationReason == .uncaughtSignal || process.terminationStatus == 130 { stopped += 1 }
        let files = try tool.files("reports/small")
        #expect(all.contains(files), "neither report: \(files.keys.sorted())")
        if signal != SIGKILL { #expect(try tool.names("reports") == ["small"]) }
        if files == all[1 - current] {
          renewed += 1
          current = 1 - current
        }
      }
      if renewed == before.1 { span *= 1.7 }
      if stopped == before.0 { span *= 0.6 }
    }
    #expect(stopped > 0 && renewed > 0, "\(stopped) stopped, \(renewed) new reports")
    try tool.write(SmallAnalysis.spec(title: "Two"), to: "a.yaml")
    #expect(try tool.run(["run", "a.yaml"]).status == 0)
    #expect(try tool.files("reports/small") == all[1])
    #expect(try tool.names("reports") == ["small"])
  }

  @Test func filesOfOthersAreNotOverwritten() throws {
    let tool = try SmallAnalysis.tool()
    let good = try tool.files("reports/small")
    try FileManager.default.createDirectory(atPath: tool.folder + "/mine", withIntermediateDirectories: true)
    try tool.write("mine", to: "mine/report.md")
    for arguments in [["run", "a.yaml", "-o", "mine"], ["report", "a.yaml", "-o", "mine"]] {
      let result = try tool.run(arguments)
      #expect(result.status == 65 && result.errors.contains("report.md") && result.errors.contains("--force"))
      #expect(try tool.files("mine") == ["report.md": Data("mine".utf8)])
      #expect(try tool.run(arguments + ["--force"]).status == 0)
      #expect(try tool.files("mine") == good)
      try FileManager.default.removeItem(atPath: tool.folder + "/mine")
      try FileManager.default.createDirectory(atPath: tool.folder + "/mine", withIntermediateDirectories: true)
      try tool.write("mine", to: "mine/report.md")
    }
  }

  @Test func linksLeadNowhere() throws {
    let tool = try SmallAnalysis.tool()
    try tool.write("precious", to: "p.txt")
    let files = FileManager.default
    try files.createDirectory(atPath: tool.folder + "/victim", withIntermediateDirectories: true)
    try files.moveItem(atPath: tool.folder + "/p.txt", toPath: tool.folder + "/victim/p.txt")
    let before = try tool.files("victim")
    // The folder itself, a folder in it, a file in it, and the list.
    try files.createSymbolicLink(atPath: tool.folder + "/link", withDestinationPath: "victim")
    try files.removeItem(atPath: tool.folder + "/reports/small/figures")
    try files.createSymbolicLink(atPath: tool.folder + "/reports/small/figures", withDestinationPath: "../../victim")
    for arguments in [["-o", "link"], ["-o", "link/"], ["-f", "-o", "link"], []] {
      #expect(try tool.run(["run", "a.yaml"] + arguments).status == 65)
      #expect(try tool.files("victim") == before)
    }
    #expect(try tool.run(["run", "a.yaml", "-f"]).status == 0)
    let list = tool.folder + "/reports/small/.trainfree-files"
    let good = try String(contentsOfFile: list, encoding: .utf8)
    try files.createSymbolicLink(atPath: tool.folder + "/reports/small/ln", withDestinationPath: "../../victim")
    for line in ["ln/p.txt", "../../victim/p.txt", tool.folder + "/victim/p.txt"] {
      try (good + line + "\n").write(toFile: list, atomically: true, encoding: .utf8)
      try tool.write(SmallAnalysis.spec(title: line), to: "a.yaml")
      let result = try tool.run(["run", "a.yaml"])
      #expect(result.status == 65 && result.errors.contains(line), "\(result.errors)")
      #expect(try tool.files("victim") == before)
    }
  }

  @Test(arguments: ["", "/", ".", "..", "a.yaml", "/proc"])
  func foldersThatCannotBeReports(_ name: String) throws {
    let tool = try Tool()
    try tool.write(SmallAnalysis.spec(), to: "a.yaml")
    let before = try tool.names(".")
    for arguments in [["run", "a.yaml", "-o", name]]
      + (name.isEmpty ? [["audit", "-o", ""], ["report", "a.yaml", "-o", ""]] : [])
    {
      #expect(try tool.run(arguments).status == 64)
    }
    #expect(try tool.names(".").filter { !$0.hasPrefix("stderr") } == before)
  }
}
