<?php

namespace FarmMassMessage;

/** The tag of deliveries, and the name that nobody else may take. */
class Tags {

	/** @param string[] &$tags */
	public static function add( array &$tags ): void {
		$tags[] = Delivery::TAG;
	}

	/** @param string[] &$names */
	public static function reserve( array &$names ): void {
		$names[] = Delivery::ACCOUNT;
	}
}
