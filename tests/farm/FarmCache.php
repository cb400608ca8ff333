<?php
/**
 * MediaWiki's cache in shared memory, able to forget.
 *
 * A test puts databases back and runs scripts behind the server's back.  Keys
 * of one wiki would forget by their prefix, but MediaWiki keeps texts,
 * revisions and users under keys common to all wikis; here these too hold the
 * number that changes each time.
 */
class FarmCache extends APCUBagOStuff {

	private int $epoch;

	/** @inheritDoc */
	public function __construct( array $params = [] ) {
		parent::__construct( $params );
		$this->epoch = $params['epoch'];
	}

	/** @inheritDoc */
	public function makeGlobalKey( $collection, ...$components ) {
		return parent::makeGlobalKey( $collection, "farm{$this->epoch}", ...$components );
	}
}
