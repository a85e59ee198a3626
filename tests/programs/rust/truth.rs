//! What this process has done.

use std::collections::BTreeMap;

pub struct Truth(BTreeMap<&'static str, (u64, u64)>);

impl Truth {
    pub fn new() -> Truth {
        Truth(BTreeMap::new())
    }

    pub fn did(&mut self, operation: &'static str, bytes: usize) {
        let sum = self.0.entry(operation).or_default();
        sum.0 += 1;
        sum.1 += bytes as u64;
    }

    pub fn print(&self) {
        for (operation, (operations, bytes)) in &self.0 {
            println!("{} {operation} {operations} {bytes}", std::process::id());
        }
    }
}
