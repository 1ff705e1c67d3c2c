import Files
import Foundation
import Measurements

/// The folder of a report, whose files are changed with or without its list of digests.
struct ReportFixture {
  let folder: String

  /// The report of an analysis `earlier` with a measurement `cells`, written by hand.
  static func earlier(in folder: String) throws -> ReportFixture {
    let fixture = ReportFixture(folder: folder + "/reports/earlier")
    let settings = """
      {"title": "Earlier cells", "architectures": {"dataset": "set/space", "recipe": "recipe", "id": "id"}, "seeds": [0, 1],
      "batches": [0], "network": {"vocabulary": 50, "embedding": 4, "hidden": 4, "layers": 2, "tied": true, "protocol": "results",
      "precision": "float32"}, "tokens": {"use": "text-free", "vocabulary": 40, "steps": 5, "columns": 4}, "metrics": ["alpha", "odd"],
      "proxies": [{"name": "own", "better": "lower", "formula": "mean(layers, l1(weight))"}]}
      """
    let runs = (1...6).flatMap { id in
      [0, 1].map { seed in "\(id),\(seed),0,\(Double(id) + 0.5 * Double(seed)),\(id == 4 ? "" : "\(7 - id)"),2\r\n" }
    }
    try fixture.write(
      [
        "measurements/cells.csv": "architecture,seed,batch,alpha,odd,own\r\n" + runs.joined(),
        "measurements/cells-undefined.csv":
          "architecture,seed,batch,metric,reason\r\n4,0,0,odd,too odd\r\n4,1,0,odd,\"odd, too\"\r\n",
        "measurements/cells.json": settings,
        "provenance.json": """
        {"trainfree": "0",
        "data a.csv": "SHA-256",
        "analysis": "earlier", "spec SHA-256": "\(String(repeating: "0a", count: 32))"}
        """,
      ])
    return fixture
  }

  /// Writes files, and the list of their digests.
  func write(_ files: [String: String]) throws {
    for (name, text) in files { try FileSystem.write(Array(text.utf8), to: "\(folder)/\(name)") }
    try list()
  }

  /// Writes the list of the digests of all files that are there.
  func list() throws {
    let names = try FolderFiles(folder).names.filter { $0 != "digests.txt" }
    let lines = try names.map { name in
      let bytes = try FileSystem.read("\(folder)/\(name)")
      return "\(SHA256.hexDigest(bytes)) \(bytes.count) \(name)\n"
    }
    try FileSystem.write(Array(lines.joined().utf8), to: "\(folder)/digests.txt")
  }

  /// Changes the text of a file and leaves the list as it is.
  func change(_ name: String, _ change: (String) -> String) throws {
    let text = String(decoding: try FileSystem.read("\(folder)/\(name)"), as: UTF8.self)
    try FileSystem.write(Array(change(text).utf8), to: "\(folder)/\(name)")
  }

  /// Changes the bytes of a file, and the list with them.
  func replace(_ name: String, _ bytes: [UInt8]) throws {
    try FileSystem.write(bytes, to: "\(folder)/\(name)")
    try list()
  }
}
