//! A caller's `AbortSignal`, which ends a call or a stream.

use crate::error::Error;
use crate::js;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// A caller's signal, which may be a polyfill.
    type CallerSignal;
    #[wasm_bindgen(method, structural, catch, js_name = addEventListener)]
    fn add(this: &CallerSignal, event: &str, callback: &JsValue) -> Result<(), JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = removeEventListener)]
    fn remove(this: &CallerSignal, event: &str, callback: &JsValue) -> Result<(), JsValue>;
}

/// Listens to a signal until this is dropped.
pub struct Listener {
    signal: CallerSignal,
    closure: Closure<dyn FnMut()>,
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Listener")
    }
}

impl Listener {
    /// Calls a function with the reason when a signal is aborted; `None` if there is no signal.
    ///
    /// # Errors
    /// The reason of a signal that is already aborted, or it cannot be listened to.
    pub fn new(
        method: &str,
        signal: JsValue,
        aborted: Box<dyn Fn(JsValue)>,
    ) -> Result<Option<Self>, Error> {
        if signal.is_undefined() {
            return Ok(None);
        }
        let unreadable = |cause| Error::unreadable(method, "signal", cause);
        if js::caller_get(&signal, "aborted")
            .map_err(unreadable)?
            .is_truthy()
        {
            return Err(Error::Thrown(
                js::caller_get(&signal, "reason").map_err(unreadable)?,
            ));
        }
        let of = signal.clone();
        let closure = Closure::<dyn FnMut()>::new(move || {
            aborted(js::caller_get(&of, "reason").unwrap_or_default());
        });
        let signal: CallerSignal = signal.unchecked_into();
        signal.add("abort", closure.as_ref()).map_err(unreadable)?;
        Ok(Some(Self { signal, closure }))
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.signal.remove("abort", self.closure.as_ref());
    }
}
