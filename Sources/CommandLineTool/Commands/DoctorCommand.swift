import ArgumentParser
import CairoRendering
import Datasets
import Diagnostics
import Documents
import Files
import Metrics
import Reports
import Store

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check libraries, fonts, templates, data and the store.")
  @OptionGroup var store: StoreOptions
  @OptionGroup var places: PlaceOptions
  @OptionGroup var out: OutputOptions

  func run() async throws {
    let console = out.console
    var checks: [(name: String, isFine: Bool, text: String)] = []
    do { checks.append(("figures", true, try CairoRenderer().version)) } catch {
      checks.append(("figures", false, "\(error): `apt-get install fonts-dejavu-core`"))
    }
    checks.append(("kernels", true, MeasurementWorker.kernels))
    do throws(DiagnosticsError) {
      let home = try Home.find(places.home)
      checks.append(("home", true, home.folder))
      do {
        _ = try home.templates(beside: ".")
        checks.append(("templates", true, "\(TemplateSet.names.count) files"))
      } catch { checks.append(("templates", false, "\(error)")) }
      let catalog = try home.catalog()
      checks.append(("bibliography", true, "\(try home.bibliography().count) entries"))
      let location = DataLocation.standard(places)
      let here = catalog.files.filter { (try? location.path(of: $0)) != nil }.count
      checks.append(
        (
          "data", true,
          "\(here) of \(catalog.files.count) files here; looked in \(location.folders.joined(separator: ", "))"
        ))
    } catch {
      checks.append(("home", false, error.diagnostics.text))
    }
    if FileSystem.exists(store.store) {
      do {
        let info = try Store.openToRead(store.store).info()
        checks.append(("store", info.check == "ok", "\(store.store): \(info.check)"))
      } catch { checks.append(("store", false, "\(error)")) }
    } else {
      checks.append(("store", true, "\(store.store): none yet"))
    }
    if console.isJSON {
      console.data([
        "checks": .array(checks.map { ["name": .string($0.name), "ok": .bool($0.isFine), "text": .string($0.text)] })
      ])
    } else {
      for check in checks { console.data("\(check.isFine ? "ok     " : "problem") \(check.name): \(check.text)\n") }
    }
    if checks.contains(where: { !$0.isFine }) { throw ExitStatus.missingInput }
  }
}
